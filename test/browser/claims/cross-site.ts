import { expect } from 'vitest';
import { type Claim, keepsCookies } from '../claim.ts';
import { credentials, register, signIn } from '../lab/account.ts';
import { API, APP, SIBLING, STRANGER } from '../lab/hosts.ts';
import { ask, pageAt, submitForm } from '../lab/visitor.ts';

/** What a page of somebody else can make a signed-in user do: nothing. */
export const crossSiteClaims: readonly Claim[] = [
  {
    title: 'a form of another origin changes nothing, be it of the same site',
    requirement: 'ASVS v5.0.0-3.5.1, 3.5.2',
    applies: keepsCookies,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        const user = await signIn(browser, answers);
        for (const origin of [SIBLING, STRANGER]) {
          for (const path of ['/auth/logout', '/auth/logout-all', '/auth/refresh']) {
            if (path === '/auth/refresh' && answers.auth === 'session') continue;
            const before = seen.length;
            const status = await submitForm(await pageAt(browser, origin), path);
            expect(seen.slice(before), 'it arrived').toMatchObject([
              { method: 'POST', path, origin },
            ]);
            expect([origin, path, status]).toEqual([origin, path, 403]);
            expect(await user.stillWorks(), `after the form of ${origin} to ${path}`).toBe(true);
          }
        }
        expect(await ask(user.page, '/auth/logout', { method: 'POST' })).toMatchObject({
          status: 204,
        });
        expect(await user.stillWorks(), 'after signing out from an allowed origin').toBe(false);
      }),
  },
  {
    title: 'a script of another origin changes nothing, be it of the same site',
    requirement: 'ASVS v5.0.0-3.5.1, 3.5.3',
    applies: keepsCookies,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        const user = await signIn(browser, answers);
        for (const origin of [SIBLING, STRANGER]) {
          const page = await pageAt(browser, origin);
          for (const path of ['/auth/logout', '/auth/logout-all', '/auth/refresh']) {
            if (path === '/auth/refresh' && answers.auth === 'session') continue;
            for (const mode of ['cors', 'no-cors'] as const) {
              const before = seen.length;
              const got = await ask(page, path, { method: 'POST', mode });
              expect(seen.slice(before), 'it arrived').toMatchObject([{ method: 'POST', origin }]);
              expect(got).toEqual({ readable: false });
              expect(await user.stillWorks(), `after ${mode} of ${origin} to ${path}`).toBe(true);
            }
          }
          // What a form cannot send is asked for first, and that is as far as it comes.
          const before = seen.length;
          const change = {
            currentPassword: 'a long walk on the pier',
            newPassword: 'taken over by them',
          };
          for (const method of ['POST', 'DELETE']) {
            await ask(page, '/auth/password', { method, json: change });
          }
          expect(seen.slice(before).map(({ method }) => method)).toEqual(['OPTIONS', 'OPTIONS']);
        }
        expect(await ask(user.page, '/auth/logout-all', signOut(user.accessToken))).toMatchObject({
          status: 204,
        });
        expect(await user.stillWorks(), 'after signing out from an allowed origin').toBe(false);
      }),
  },
  {
    title: 'nobody is signed in as somebody else by a form or a script of another origin',
    requirement: 'ASVS v5.0.0-3.5.1, 3.5.2',
    applies: keepsCookies,
    prove: ({ visit }) =>
      visit(async (browser) => {
        const email = await register(await pageAt(browser, APP));
        // A form's one field makes JSON of its name and its value: {"email":…,"password":…,"x":"="}
        const json = JSON.stringify({ ...credentials(email), x: '' });
        const fields = { [json.slice(0, -2)]: '"}' };
        for (const origin of [SIBLING, STRANGER]) {
          for (const type of [
            'text/plain',
            'application/x-www-form-urlencoded',
            'multipart/form-data',
          ] as const) {
            const page = await pageAt(browser, origin);
            const status = await submitForm(page, '/auth/login', {
              fields: type === 'text/plain' ? fields : credentials(email),
              type,
            });
            expect(await browser.cookies(API), `after a form of ${origin} as ${type}`).toEqual([]);
            expect(status).toBe(403);
          }
          const page = await pageAt(browser, origin);
          const asking = { method: 'POST', json: credentials(email) } as const;
          for (const mode of ['cors', 'no-cors'] as const) {
            await ask(page, '/auth/login', { ...asking, mode });
            expect(await browser.cookies(API), `after ${mode} of ${origin}`).toEqual([]);
          }
        }
        const app = await pageAt(browser, APP);
        await ask(app, '/auth/login', { method: 'POST', json: credentials(email) });
        expect(await browser.cookies(API)).toHaveLength(1);
      }),
  },
];

function signOut(accessToken: string | undefined) {
  const headers: Record<string, string> = accessToken
    ? { Authorization: `Bearer ${accessToken}` }
    : {};
  return { method: 'POST', headers };
}
