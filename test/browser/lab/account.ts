import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Answers } from '../../../src/options/answers.ts';
import { keepsCookies } from '../claim.ts';
import { APP } from './hosts.ts';
import { type Asking, ask, pageAt, type Reading } from './visitor.ts';

const PASSWORD = 'a long walk on the pier';
let count = 0;

/** Somebody who is signed in, in a page of an allowed origin. */
export interface SignedIn {
  readonly page: Page;
  readonly email: string;
  readonly accessToken: string | undefined;
  /** What the sign-in answered, as far as the page may read it. */
  readonly answer: Extract<Reading, { readable: true }>;
  /** Whether everything that the sign-in gave still works; where there is a refresh token, it is used up for the next. */
  stillWorks(): Promise<boolean>;
}

/** What a browser sends to sign in. */
export function credentials(email: string): { email: string; password: string } {
  return { email, password: PASSWORD };
}

/** Makes an account from a page of an allowed origin. */
export async function register(page: Page, asking: Asking = {}): Promise<string> {
  count += 1;
  const email = `visitor-${count}@example.net`;
  await mustRead(page, '/auth/register', 201, post(credentials(email), asking));
  return email;
}

/** Registers and signs in, in every way that the project has. This is each claim's positive control, too. */
export async function signIn(
  browser: BrowserContext,
  answers: Answers,
  { from = APP, api }: { readonly from?: string; readonly api?: string } = {},
): Promise<SignedIn> {
  const page = await pageAt(browser, from);
  // Without cookies there is nothing for which the API would allow them.
  const how = { cookies: keepsCookies(answers), ...(api && { api }) };
  const email = await register(page, how);
  const answer = await mustRead(page, '/auth/login', 200, post(credentials(email), how));
  const tokens =
    answers.auth === 'both'
      ? await mustRead(page, '/auth/token', 200, post(credentials(email), how))
      : answer;
  const { accessToken, refreshToken } = JSON.parse(tokens.body);
  let refresh: string | undefined = refreshToken;
  return {
    page,
    email,
    accessToken,
    answer,
    async stillWorks() {
      if (answers.auth !== 'jwt') {
        const me = await ask(page, '/auth/me', how);
        if (!me.readable || me.status !== 200) return false;
      }
      if (answers.auth === 'session') return true;
      const body = refresh === undefined ? undefined : { refreshToken: refresh };
      const fresh = await ask(page, '/auth/refresh', post(body, how));
      if (!fresh.readable || fresh.status !== 200) return false;
      refresh = JSON.parse(fresh.body).refreshToken;
      return true;
    },
  };
}

/** Asks, and is sure of what comes. */
export async function mustRead(
  page: Page,
  path: string,
  status: number,
  asking: Asking = {},
): Promise<Extract<Reading, { readable: true }>> {
  const answer = await ask(page, path, asking);
  expect(answer, `${page.url()} asks ${path}`).toMatchObject({ readable: true, status });
  if (!answer.readable) throw new Error('never: it was just read');
  return answer;
}

function post(json: unknown, asking: Asking): Asking {
  return { ...asking, method: 'POST', ...(json !== undefined && { json }) };
}
