import { expect } from 'vitest';
import { type Claim, keepsCookies } from '../claim.ts';
import { mustRead, signIn } from '../lab/account.ts';
import { APP, SIBLING, STRANGER } from '../lab/hosts.ts';
import { ask, pageAt } from '../lab/visitor.ts';

/** Look-alikes of the allowed origin, each a host that somebody could have. */
const LOOK_ALIKES = [
  'https://app.example.co.uk.another.co.uk',
  'https://evil-app.example.co.uk',
  'https://deep.app.example.co.uk',
  'https://app.example.co.uk.',
];

/** Which pages may read the answers, and what they may ask. */
export const corsClaims: readonly Claim[] = [
  {
    title: 'a page of an allowed origin reads an answer for its user, and nobody else does',
    requirement: 'ASVS v5.0.0-3.4.2',
    applies: () => true,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        const user = await signIn(browser, answers);
        const headers: Record<string, string> =
          answers.auth === 'jwt' ? { Authorization: `Bearer ${user.accessToken}` } : {};
        const how = { headers, cookies: keepsCookies(answers) };
        const { body } = await mustRead(user.page, '/auth/me', 200, how);
        expect(JSON.parse(body)).toMatchObject({ user: { email: user.email } });

        for (const origin of [SIBLING, STRANGER, ...LOOK_ALIKES]) {
          const page = await pageAt(browser, origin);
          const before = seen.length;
          const got = await ask(page, '/auth/me', how);
          expect(got, `${origin} reads`).toEqual({ readable: false });
          // It was the browser that kept the answer back: the question went out.
          expect(seen.slice(before), origin).toMatchObject([{ path: '/auth/me' }]);
        }
      }),
  },
  {
    title: 'a page without an origin reads nothing',
    requirement: 'ASVS v5.0.0-3.4.2',
    applies: () => true,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        const how = { cookies: keepsCookies(answers) };
        // Of an allowed origin, but for the sandbox.
        const page = await pageAt(browser, APP);
        await mustRead(page, '/healthz', 200, how);
        const loaded = page.evaluate(`new Promise((done) => {
          const frame = document.createElement('iframe');
          Object.assign(frame, { sandbox: 'allow-scripts', srcdoc: '<p>sandboxed</p>', onload: done });
          document.body.append(frame);
        }).then(() => undefined)`);
        await loaded;
        const [, frame] = page.frames();
        if (!frame) throw new Error('there is no frame');
        const before = seen.length;
        expect(await ask(frame, '/healthz', how)).toEqual({ readable: false });
        expect(seen.slice(before)).toMatchObject([{ path: '/healthz', origin: 'null' }]);
      }),
  },
  {
    title: 'preflights let pass what is allowed, and stop other headers, methods and origins',
    requirement: 'Fetch: CORS-preflight fetch, ASVS v5.0.0-3.5.2',
    applies: () => true,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        /** What comes through of a request that needs to be asked for. */
        const methodsOf = async (
          origin: string,
          path: string,
          asking: Parameters<typeof ask>[2],
        ) => {
          const page = await pageAt(browser, origin);
          const before = seen.length;
          await ask(page, path, { ...asking, cookies: keepsCookies(answers) });
          return seen.slice(before).map(({ method }) => method);
        };
        const bearer = { headers: { Authorization: 'Bearer of.no.meaning' } };
        // Sessions need no such header.
        const passes = answers.auth === 'session' ? [] : ['GET'];
        expect(await methodsOf(APP, '/auth/me?1', bearer)).toEqual(['OPTIONS', ...passes]);
        for (const method of ['PUT', 'PATCH', 'DELETE']) {
          const path = `/auth/sessions/${method}`;
          expect(await methodsOf(APP, path, { method })).toEqual(['OPTIONS', method]);
        }
        const json = { method: 'POST', json: {} };
        expect(await methodsOf(APP, '/auth/login?1', json)).toEqual(['OPTIONS', 'POST']);

        const more = { headers: { 'X-Other': 'yes' } };
        expect(await methodsOf(APP, '/auth/me?2', more), 'another header').toEqual(['OPTIONS']);
        const method = { method: 'PURGE' };
        expect(await methodsOf(APP, '/auth/me?3', method), 'another method').toEqual(['OPTIONS']);
        for (const origin of [SIBLING, STRANGER]) {
          expect(await methodsOf(origin, '/auth/me?4', bearer), origin).toEqual(['OPTIONS']);
          expect(await methodsOf(origin, '/auth/login?4', json), origin).toEqual(['OPTIONS']);
        }
      }),
  },
  {
    title: 'a page of an allowed origin sees why it was refused, and when to come back',
    requirement: 'RFC 9110 15.5.2',
    applies: () => true,
    prove: ({ visit, answers }) =>
      visit(async (browser) => {
        const page = await pageAt(browser, APP);
        const how = { cookies: keepsCookies(answers) };
        const { headers, body } = await mustRead(page, '/auth/me', 401, how);
        expect(headers['www-authenticate'] ?? 'hidden').toMatch(/^(?:Bearer|Cookie)/);
        expect(JSON.parse(body)).toMatchObject({ status: 401 });
      }),
  },
];
