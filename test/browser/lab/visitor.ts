import type { BrowserContext, Page } from 'playwright-core';
import { API } from './hosts.ts';

/** What a script of a page got: nothing where the browser kept the answer from it. */
export type Reading =
  | { readonly readable: false }
  | {
      readonly readable: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** A request by `fetch`. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, with its type. */
  readonly json?: unknown;
  /** `no-cors`: sent without asking first, and the answer stays hidden. */
  readonly mode?: 'cors' | 'no-cors';
  /** Whether the page asks that cookies go along; the browser has a say in it, too. By default it does. */
  readonly cookies?: boolean;
  readonly api?: string;
}

/** Opens a page of an origin. */
export async function pageAt(browser: BrowserContext, origin: string, path = '/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin + path);
  return page;
}

/** Asks the API from a script in a page. */
export function ask(
  page: Pick<Page, 'evaluate'>,
  path: string,
  { method = 'GET', headers = {}, json, mode = 'cors', cookies = true, api = API }: Asking = {},
): Promise<Reading> {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const type = json === undefined ? {} : { 'Content-Type': 'application/json' };
  const init = {
    method,
    mode,
    credentials: cookies ? 'include' : 'omit',
    headers: { ...type, ...headers },
    ...body,
  } as const;
  return page.evaluate(
    async ([url, options]) => {
      try {
        const answer = await fetch(url, options);
        if (answer.type === 'opaque') return { readable: false };
        return {
          readable: true,
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: await answer.text(),
        };
      } catch {
        return { readable: false };
      }
    },
    [api + path, init] as const,
  );
}

/** Sends a form from a page, as a person's click would, and waits for what comes back in the page's place. */
export async function submitForm(
  page: Page,
  path: string,
  { fields = {}, type = 'application/x-www-form-urlencoded' }: FormFilling = {},
): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.url() === API + path);
  await leave(
    page,
    `{
    const form = document.createElement('form');
    Object.assign(form, ${JSON.stringify({ method: 'POST', action: API + path, enctype: type })});
    for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
      const input = document.createElement('input');
      Object.assign(input, { name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }`,
  );
  return (await answered).status();
}

/** Runs what makes a page go elsewhere, which may end it before it can say that it is done. */
export async function leave(page: Page, script: string): Promise<void> {
  await page.evaluate(script).catch((error: Error) => {
    if (!/context was destroyed|navigation/i.test(error.message)) throw error;
  });
}

interface FormFilling {
  readonly fields?: Readonly<Record<string, string>>;
  readonly type?: 'application/x-www-form-urlencoded' | 'text/plain' | 'multipart/form-data';
}
