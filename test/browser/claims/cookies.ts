import { expect } from 'vitest';
import { type Claim, keepsCookies } from '../claim.ts';
import { signIn } from '../lab/account.ts';
import { API, PARTNER, SIBLING, STRANGER } from '../lab/hosts.ts';
import { ask, leave, pageAt } from '../lab/visitor.ts';

/** What a project has where its environment says nothing (seconds). */
const REFRESH_IDLE_TTL = 7 * 24 * 60 * 60;

/** What becomes of the cookies that sign a user in. */
export const cookieClaims: readonly Claim[] = [
  {
    title:
      'cookies are stored with the __Host- prefix, for this one host, and last as long as they should',
    requirement: 'ASVS v5.0.0-3.3.1, 3.3.3, RFC 6265bis 4.1.3.2',
    applies: keepsCookies,
    prove: ({ visit, answers }) =>
      visit(async (browser) => {
        await signIn(browser, answers);
        const stored = await browser.cookies();
        const names = [
          ...(answers.auth === 'session' ? [] : ['__Host-refresh']),
          ...(answers.auth === 'jwt' ? [] : ['__Host-sid']),
        ];
        expect(stored.map(({ name }) => name).sort()).toEqual(names);
        for (const cookie of stored) {
          expect(cookie).toMatchObject({
            // With a dot in front it would be for every subdomain.
            domain: new URL(API).host,
            path: '/',
            secure: true,
            httpOnly: true,
            sameSite: 'Strict',
          });
          // A session's goes with the browser; a refresh token's is there for as long as the token is good unused.
          const left = cookie.expires - Date.now() / 1000;
          if (cookie.name === '__Host-sid') expect(cookie.expires).toBe(-1);
          else expect(Math.abs(left - REFRESH_IDLE_TTL)).toBeLessThan(120);
        }
      }),
  },
  {
    title: 'no script reads the cookies, not even one of their own origin',
    requirement: 'ASVS v5.0.0-3.3.4',
    applies: keepsCookies,
    prove: ({ visit, answers }) =>
      visit(async (browser) => {
        const { answer } = await signIn(browser, answers);
        expect(Object.keys(answer.headers)).not.toContain('set-cookie');
        await browser.addCookies([{ name: 'open', value: 'yes', url: API, secure: true }]);
        const own = await pageAt(browser, API, '/healthz');
        expect(await own.evaluate('document.cookie')).toBe('open=yes');
      }),
  },
  {
    title: 'another host of the site cannot plant a cookie of theirs',
    requirement: 'ASVS v5.0.0-3.3.3, RFC 6265bis 4.1.3.2',
    applies: keepsCookies,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        const { page } = await signIn(browser, answers);
        const names = (await browser.cookies(API)).map(({ name }) => name);
        const sibling = await pageAt(browser, SIBLING);
        for (const name of [...names, 'control']) {
          await sibling.evaluate(
            `document.cookie = '${name}=planted; domain=example.co.uk; path=/auth; secure'`,
          );
        }
        const before = seen.length;
        await ask(page, '/auth/me');
        const sent = seen.slice(before).find(({ method }) => method === 'GET')?.cookie ?? '';
        expect(sent.split('; ').filter((pair) => pair.endsWith('=planted'))).toEqual([
          'control=planted',
        ]);
      }),
  },
  {
    title: 'cookies are not sent from another site: by script, form, image, frame or link',
    requirement: 'ASVS v5.0.0-3.3.2',
    applies: keepsCookies,
    prove: ({ visit, answers, seen }) =>
      visit(async (browser) => {
        await signIn(browser, answers);
        const requests: [string, string][] = [];
        for (const origin of [SIBLING, STRANGER]) {
          const page = await pageAt(browser, origin);
          const before = seen.length;
          await ask(page, '/auth/me?by=script', { mode: 'no-cors' });
          await page.evaluate(`new Promise((done) => {
            const image = new Image();
            image.onload = image.onerror = done;
            image.src = '${API}/auth/me?by=image';
          })`);
          const framing = await pageAt(browser, origin, `/frame?of=${API}/auth/me?by=frame`);
          const followed = framing.waitForResponse(/by=link/);
          await leave(
            framing,
            `{
            const link = document.createElement('a');
            link.href = '${API}/auth/me?by=link';
            document.body.append(link);
            link.click();
          }`,
          );
          await followed;
          const posted = page.waitForResponse(/by=form/);
          await leave(
            page,
            `{
            const form = document.createElement('form');
            Object.assign(form, { method: 'POST', action: '${API}/auth/me?by=form' });
            document.body.append(form);
            form.submit();
          }`,
          );
          await posted;
          for (const { path, cookie } of seen.slice(before)) {
            requests.push([`${path.split('by=')[1]} of ${origin}`, cookie ? 'with' : 'without']);
          }
        }
        const ways = ['form', 'frame', 'image', 'link', 'script'];
        expect(Object.fromEntries(requests)).toEqual(
          Object.fromEntries([
            ...ways.map((way) => [`${way} of ${SIBLING}`, 'with']),
            ...ways.map((way) => [`${way} of ${STRANGER}`, 'without']),
          ]),
        );
      }),
  },
  {
    title:
      'a page of another site that is allowed signs in and refreshes, and the browser keeps nothing',
    requirement: 'RFC 9700 4.14.2',
    applies: (answers) => answers.corsOrigins.includes(PARTNER),
    prove: ({ visit, answers }) =>
      visit(async (browser) => {
        const { page, stillWorks, accessToken } = await signIn(browser, answers, { from: PARTNER });
        expect(await stillWorks()).toBe(true);
        const headers = { Authorization: `Bearer ${accessToken}` };
        const asking = { cookies: false };
        expect(await ask(page, '/auth/me', { ...asking, headers })).toMatchObject({ status: 200 });
        expect(await ask(page, '/auth/me', asking)).toMatchObject({ status: 401 });
        // Whoever asks to send cookies along is not even answered: there are none to be sent.
        expect(await ask(page, '/auth/me', { headers })).toEqual({ readable: false });
        expect(await browser.cookies()).toEqual([]);
      }),
  },
];
