import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import type { Claim } from '../claim.ts';
import { API, APP, SIBLING, STRANGER } from '../lab/hosts.ts';
import { pageWith } from '../lab/served-pages.ts';
import { pageAt } from '../lab/visitor.ts';

/** Every way to get a script to run by what is put into a page, each leaving its own mark. */
const INJECTED = {
  inline: '<script>globalThis.inline = true</script>',
  handler: '<img src="/no-such-image" onerror="globalThis.handler = true">',
  foreign: `<script src="${STRANGER}/mark.js?foreign"></script>`,
  data: '<script src="data:text/javascript,globalThis.data=true"></script>',
  framed: '<iframe srcdoc="<script>parent.framed = true</script>"></iframe>',
  // The last one, for it changes where the others would lead.
  based: `<base href="${STRANGER}/"><script src="mark.js?based"></script>`,
} as const;

/** The page's own script leaves one, too. */
const MARKS = ['own', ...Object.keys(INJECTED)];
const NOTHING_RAN = Object.fromEntries(MARKS.map((mark) => [mark, false]));

/** What the security headers make of pages. */
export const pageClaims: readonly Claim[] = [
  {
    title: 'of what is injected into a page nothing runs, while its own script does',
    requirement: 'ASVS v5.0.0-3.4.3',
    applies: ({ helmet }) => helmet === 'web',
    prove: ({ visit }) =>
      visit(async (browser) => {
        expect(await ran(browser)).toEqual({ ...NOTHING_RAN, own: true });
      }),
  },
  {
    title: 'an answer that is shown as a page runs nothing at all',
    requirement: 'ASVS v5.0.0-3.4.3',
    applies: ({ helmet }) => helmet === 'strict',
    prove: ({ visit }) =>
      visit(async (browser) => {
        expect(await ran(browser)).toEqual(NOTHING_RAN);
      }),
  },
  {
    title: 'a form that is injected into a page sends nothing elsewhere',
    requirement: 'ASVS v5.0.0-3.4.3',
    applies: () => true,
    prove: ({ visit }) =>
      visit(async (browser) => {
        const form = `<form action="${STRANGER}/stolen"><input name="a" value="b"></form>`;
        const page = await pageAt(browser, API, pageWith(form));
        const [outcome] = await Promise.all([
          Promise.race([
            page.waitForEvent('framenavigated').then(() => 'sent'),
            page.evaluate<string>(`new Promise((done) => {
              addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
            })`),
          ]).catch(() => 'sent'),
          page.evaluate(`document.forms[0].submit()`).catch(() => undefined),
        ]);
        expect(outcome).toBe('form-action');
      }),
  },
  {
    title: 'no other origin frames an answer, be it of the same site',
    requirement: 'ASVS v5.0.0-3.4.6',
    applies: () => true,
    prove: ({ visit }) =>
      visit(async (browser) => {
        const framedBy = async (origin: string, what: string) => {
          const page = await pageAt(browser, origin, `/frame?of=${encodeURIComponent(what)}`);
          // What is refused gives way to an error page, a moment after the page around it has loaded.
          const settled = () => page.frames()[1]?.url() ?? '';
          await expect.poll(settled, { timeout: 30_000 }).toMatch(/^(?:https|chrome-error):/);
          return settled();
        };
        expect(await framedBy(STRANGER, `${SIBLING}/`)).toBe(`${SIBLING}/`);
        for (const origin of [APP, SIBLING, STRANGER]) {
          expect(await framedBy(origin, `${API}/page`), origin).toBe(
            'chrome-error://chromewebdata/',
          );
        }
      }),
  },
  {
    title: 'a page of another origin cannot load what this one serves as a script of its own',
    requirement: 'ASVS v5.0.0-3.5.8',
    applies: () => true,
    prove: ({ visit }) =>
      visit(async (browser) => {
        const load = async (what: string) => {
          const page = await pageAt(browser, STRANGER);
          return page.evaluate<string>(`new Promise((done) => {
            const script = document.createElement('script');
            script.onload = () => done('loaded');
            script.onerror = () => done('kept away');
            script.src = '${what}';
            document.body.append(script);
          })`);
        };
        expect(await load(`${SIBLING}/mark.js?loot`)).toBe('loaded');
        expect(await load(`${API}/own.js`)).toBe('kept away');
      }),
  },
  {
    title: 'a window that another origin opens has no way back to it',
    requirement: 'ASVS v5.0.0-3.4.8',
    applies: () => true,
    prove: ({ visit }) =>
      visit(async (browser) => {
        const hasOpener = async (what: string) => {
          const page = await pageAt(browser, APP);
          const opening = page.waitForEvent('popup');
          await page.evaluate(`void open('${what}')`);
          const popup = await opening;
          await popup.waitForURL(what);
          return popup.evaluate<boolean>('opener !== null');
        };
        expect(await hasOpener(`${SIBLING}/`)).toBe(true);
        expect(await hasOpener(`${API}/page`), 'the two know each other').toBe(false);
      }),
  },
];

/** Which scripts ran, of a page with each thing injected. */
async function ran(browser: BrowserContext): Promise<Readonly<Record<string, boolean>>> {
  // A page has loaded when its scripts, images and frames have, or were refused.
  const page = await pageAt(browser, API, pageWith(Object.values(INJECTED).join('')));
  return page.evaluate<Readonly<Record<string, boolean>>>(
    `Object.fromEntries(${JSON.stringify(MARKS)}.map((mark) => [mark, globalThis[mark] === true]))`,
  );
}
