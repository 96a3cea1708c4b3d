import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersOf } from '../matrix/variants.ts';
import { mustRead, type SignedIn, signIn } from './lab/account.ts';
import { openPlainPages, openTlsPages } from './lab/gateway.ts';
import { inABrowser } from './lab/in-a-browser.ts';
import type { Stage } from './lab/stage.ts';
import { ask, pageAt } from './lab/visitor.ts';

/**
 * A front end and the API on one machine, as while somebody works on them: the API and two servers of pages at ports of
 * `localhost`, the same ports at 127.0.0.1, and pages over https. All are one machine, and none is the same to a browser.
 */
inABrowser('development over http', (world) => {
  const answers = answersOf({ auth: 'both', corsOrigins: ['http://localhost:5173'] });
  const opened: { close(): Promise<void> }[] = [];
  let stage: Stage;
  let api: string;
  let seat: { readonly allowed: number; readonly other: number; readonly tls: number };

  beforeAll(async () => {
    const [allowed, other, tls] = [
      await openPlainPages(),
      await openPlainPages(),
      await openTlsPages(),
    ];
    opened.push(allowed, other, tls);
    seat = { allowed: allowed.port, other: other.port, tls: tls.port };
    stage = await world().stage('in-development', answers, [], {
      NODE_ENV: 'development',
      CORS_ORIGINS: `http://localhost:${allowed.port}`,
    });
    opened.push(stage);
    api = `http://localhost:${stage.behind.port}`;
  });
  afterAll(async () => {
    for (const one of opened.reverse()) await one.close();
  });

  const visit = (prove: (user: SignedIn, browser: Parameters<typeof pageAt>[0]) => Promise<void>) =>
    stage.visit(async (browser) => {
      const from = `http://localhost:${seat.allowed}`;
      await prove(await signIn(browser, answers, { from, api }), browser);
    });

  test('the browser keeps the cookies, without the prefix, and a page of the allowed port uses them', () =>
    visit(async (user, browser) => {
      const stored = await browser.cookies(api);
      expect(
        stored.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]).sort(),
      ).toEqual([
        ['refresh', true, 'Strict'],
        ['sid', true, 'Strict'],
      ]);
      expect(await user.stillWorks()).toBe(true);
      const { body } = await mustRead(user.page, '/auth/me', 200, { api });
      expect(JSON.parse(body)).toMatchObject({ user: { email: user.email } });
    }));

  test('another port, another name and another scheme of the same machine read nothing', () =>
    visit(async (user, browser) => {
      for (const origin of [
        `http://localhost:${seat.other}`,
        `http://127.0.0.1:${seat.allowed}`,
        `https://localhost:${seat.tls}`,
      ]) {
        const page = await pageAt(browser, origin);
        expect(await ask(page, '/auth/me', { api }), origin).toEqual({ readable: false });
      }
      expect(await user.stillWorks()).toBe(true);
    }));

  test('they end no login either, whether the browser sends them the cookies or not', () =>
    visit(async (user, browser) => {
      for (const origin of [
        // The same site, for ports make none.
        `http://localhost:${seat.other}`,
        // Other sites: the one by its name, the other by its scheme.
        `http://127.0.0.1:${seat.allowed}`,
        `https://localhost:${seat.tls}`,
      ]) {
        const page = await pageAt(browser, origin);
        for (const path of ['/auth/logout', '/auth/logout-all', '/auth/refresh']) {
          await ask(page, path, { method: 'POST', mode: 'no-cors', api });
          expect(await user.stillWorks(), `after ${origin} to ${path}`).toBe(true);
        }
      }
    }));
});
