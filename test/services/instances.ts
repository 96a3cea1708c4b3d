import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from '../attacks/lab/project.ts';
import { answersOf } from '../matrix/variants.ts';
import {
  call,
  newEmail,
  PASSWORD,
  refresh,
  register,
  sessionIn,
  sessionOf,
  statusOf,
  tokensOf,
} from './lab/client.ts';
import { type Instance, Instances } from './lab/instances.ts';
import { clientsAtWork } from './lab/load.ts';
import { onServers } from './lab/on-servers.ts';
import { inPostgres, serversFor } from './lab/places.ts';
import { startProxy } from './lab/proxy.ts';

/**
 * Runs three processes of one project over real servers, and shows that they are as one: what one does holds on all,
 * and neither the end of one nor a restart of a store loses or doubles anything.
 */
export function testInstances(sessionStore: 'database' | 'redis'): void {
  const answers = answersOf({
    auth: 'both',
    refreshTransport: 'body',
    revocation: 'instant',
    database: 'postgres',
    sessionStore,
  });
  onServers(`three instances, sessions in: ${sessionStore}`, serversFor(answers), (servers) => {
    let project: Project;
    let instances: Instances;
    let three: Instance[];
    /** What is set otherwise by now than when they were made. */
    let changes: Record<string, string> = {};
    const urls = () => three.map(({ url }) => url);
    const at = (index: number): URL => urls()[index % 3] as URL;

    beforeAll(async () => {
      project = await makeProject(`instances-${sessionStore}`, answers);
      instances = new Instances(project, {
        DATABASE_URL: servers.postgres.url,
        ...(sessionStore === 'redis' && { REDIS_URL: servers.redis.url }),
        // So long do connections stay open to a load balancer that has to learn of a stop.
        SHUTDOWN_DELAY: '2',
      });
      // At once, over an empty database.
      three = await Promise.all([1, 2, 3].map(() => instances.start()));
    });
    afterAll(() => instances?.stop());

    const inDatabase = <T>(use: Parameters<typeof inPostgres<T>>[1]) =>
      inPostgres(servers.postgres.url, use);

    test('all start at once over an empty database, which one of them has set up', async () => {
      const { rows } = await inDatabase((client) =>
        client.query('SELECT count(*)::int AS steps FROM drizzle.__drizzle_migrations'),
      );
      expect(rows).toEqual([{ steps: 1 }]);
    });

    test('a login on one is valid on all', async () => {
      const email = await register(at(0));
      for (const credential of [await sessionOf(at(1), email), await tokensOf(at(2), email)]) {
        expect(await Promise.all(urls().map((url) => statusOf(url, credential)))).toEqual([
          200, 200, 200,
        ]);
      }
    });

    test.each([
      ['revoking it', (id: string) => `DELETE /auth/sessions/${id}`, [401, 200]],
      ['signing out everywhere', () => 'POST /auth/logout-all', [401, 401]],
    ])('%s ends a login on all at once', async (_way, request, [ended, helpers]) => {
      const email = await register(at(0));
      for (const signIn of [sessionOf, tokensOf]) {
        const [victim, helper] = [await signIn(at(0), email), await sessionOf(at(1), email)];
        const { json } = await call(at(2), 'GET /auth/sessions', { headers: victim.headers });
        const { sessions } = json as { sessions: { id: string; current: boolean }[] };
        const id = sessions.find(({ current }) => current)?.id ?? '';
        expect((await call(at(1), request(id), { headers: helper.headers })).status).toBe(204);
        const seen = await Promise.all(
          urls().flatMap((url) => [statusOf(url, victim), statusOf(url, helper)]),
        );
        expect(seen).toEqual([ended, helpers, ended, helpers, ended, helpers]);
      }
    });

    test('a limit counts what all of them see', async () => {
      const email = await register(at(0));
      const guesses = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          call(at(index), 'POST /auth/login', { json: { email, password: `wrong ${index}` } }),
        ),
      );
      const statuses = guesses.map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    });

    test('of 20 uses of one refresh token, spread over all, one wins, and the family is dead', async () => {
      for (let round = 0; round < 5; round += 1) {
        const tokens = await tokensOf(at(round), await register(at(round)));
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => refresh(at(index), tokens.refreshToken)),
        );
        const won = answers.filter(({ status }) => status === 200);
        expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
        expect(won).toHaveLength(1);
        const next = won[0]?.json as { refreshToken: string; accessToken: string };
        expect((await refresh(at(round + 1), next.refreshToken)).status).toBe(401);
        const headers = { Authorization: `Bearer ${next.accessToken}` };
        expect(await statusOf(at(round + 2), { headers })).toBe(401);
      }
    });

    test('a change of the password that is under way elsewhere is waited for', async () => {
      const email = await register(at(0));
      await inDatabase(async (client) => {
        await client.query('BEGIN');
        const changed = "UPDATE users SET password_hash = 'another' WHERE email = $1 RETURNING id";
        const [user] = (await client.query(changed, [email])).rows;
        await client.query('DELETE FROM logins WHERE user_id = $1', [user?.id]);
        const signingIn = call(at(1), 'POST /auth/login', { json: { email, password: PASSWORD } });
        const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        while ((await client.query(waiting)).rows.length === 0) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        await client.query('COMMIT');
        expect((await signingIn).status).toBe(401);
        const left = 'SELECT id FROM logins WHERE user_id = $1';
        expect((await client.query(left, [user?.id])).rows).toEqual([]);
      });
    });

    if (sessionStore === 'redis')
      test('secrets are changed, and each instance stopped and replaced, without a failed request', async () => {
        const proxy = await startProxy(urls());
        const email = await register(proxy.url);
        let session = await sessionOf(proxy.url, email);
        let tokens = await tokensOf(proxy.url, email);
        const load = clientsAtWork(4, async () => [
          await statusOf(proxy.url, session),
          await statusOf(proxy.url, tokens),
        ]);

        const names = ['SESSION_SECRETS', 'JWT_SECRETS'] as const;
        const fresh = names.map(() => randomBytes(32).toString('base64url'));
        const withSecrets = (value: (old: string, fresh: string) => string) =>
          Object.fromEntries(
            names.map((name, index) => [
              name,
              value(project.settings[name] ?? '', fresh[index] ?? ''),
            ]),
          );
        const roll = async (settings: Record<string, string>) => {
          for (const [index, old] of three.entries()) {
            const next = await instances.start(settings);
            changes = settings;
            proxy.add(next.url);
            await proxy.until(next.url, 'in use');
            const stopped = old.stop();
            await proxy.until(old.url, 'out of use');
            expect(await stopped).toBe(0);
            proxy.remove(old.url);
            three[index] = next;
          }
        };
        // All know the new one before any signs with it.
        await roll(withSecrets((old, next) => `${old},${next}`));
        await roll(withSecrets((old, next) => `${next},${old}`));
        const before = session;
        session = await sessionOf(proxy.url, email);
        tokens = await tokensOf(proxy.url, email);
        await load.goOn(20);
        await roll(withSecrets((_old, next) => next));

        const outcomes = await load.stop();
        expect(outcomes.filter((status) => status !== 200)).toEqual([]);
        expect(outcomes.length).toBeGreaterThan(100);
        expect(await statusOf(proxy.url, before)).toBe(401);
        await proxy.stop();
      });

    test('an instance that is killed under load loses no login that it has answered', async () => {
      const proxy = await startProxy(urls());
      const email = await register(proxy.url);
      const open: { headers: Record<string, string> }[] = [];
      const load = clientsAtWork(6, async () => {
        const answer = await call(proxy.url, 'POST /auth/login', {
          json: { email, password: PASSWORD },
        });
        if (answer.status === 200) open.push(sessionIn(answer) as (typeof open)[number]);
        return [answer.status];
      });
      await load.goOn(20);
      const [victim, ...others] = three;
      await victim?.kill();
      await load.goOn(20);
      const outcomes = await load.stop();
      // What was in the middle of it is broken off, or turned away while too many sign in; nothing else.
      expect(outcomes.filter((status) => ![200, 502, 503].includes(status))).toEqual([]);
      expect(open.length).toBeGreaterThan(10);
      for (const { url } of others) {
        for (const credential of open) expect(await statusOf(url, credential)).toBe(200);
      }
      await proxy.stop();
      three[0] = await instances.start(changes);
    });

    test('while PostgreSQL restarts there are 503s, and nothing is lost or doubled', async () => {
      const accounts = new Set<string>();
      const sessions: { headers: Record<string, string> }[] = [];
      const winners: number[] = [];
      let turn = 0;
      const load = clientsAtWork(6, async () => {
        turn += 1;
        const email = newEmail();
        const made = await call(at(turn), 'POST /auth/register', {
          json: { email, password: PASSWORD },
        });
        if (made.status !== 201) return [made.status];
        accounts.add(email);
        const login = await call(at(turn + 1), 'POST /auth/login', {
          json: { email, password: PASSWORD },
        });
        if (login.status === 200) sessions.push(sessionIn(login) as (typeof sessions)[number]);
        const token = await call(at(turn + 2), 'POST /auth/token', {
          json: { email, password: PASSWORD },
        });
        if (token.status !== 200) return [login.status, token.status];
        const { refreshToken } = token.json as { refreshToken: string };
        const uses = await Promise.all([
          refresh(at(turn), refreshToken),
          refresh(at(turn + 1), refreshToken),
        ]);
        winners.push(uses.filter(({ status }) => status === 200).length);
        return [login.status, token.status, ...uses.map(({ status }) => status)];
      });
      await load.goOn(20);
      await servers.postgres.halt();
      // Somebody has to notice.
      await load.until((outcomes) => outcomes.includes(503));
      expect((await call(at(0), 'GET /readyz')).status).toBe(503);
      await servers.postgres.start();
      for (const url of urls()) {
        while ((await call(url, 'GET /readyz')).status !== 200) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      await load.goOn(20);
      const outcomes = await load.stop();
      expect(outcomes.filter((status) => ![200, 201, 401, 503].includes(status))).toEqual([]);
      expect(Math.max(...winners)).toBe(1);
      for (const credential of sessions) expect(await statusOf(at(0), credential)).toBe(200);
      const { rows } = await inDatabase((client) => client.query('SELECT email FROM users'));
      const stored = rows.map(({ email }) => String(email));
      expect([...accounts].filter((email) => !stored.includes(email))).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
    });

    if (sessionStore === 'redis')
      test('while Redis is away there are quick 503s, and sessions are there again with it', async () => {
        const email = await register(at(0));
        const session = await sessionOf(at(0), email);
        await servers.redis.halt();
        for (const url of urls()) {
          const answer = await call(url, 'GET /auth/sessions', { headers: session.headers });
          expect(answer.json).toMatchObject({ status: 503, code: 'store_away' });
          expect((await call(url, 'GET /readyz')).status).toBe(503);
          const out = await call(url, 'POST /auth/logout-all', { headers: session.headers });
          expect(out.status).toBe(503);
        }
        await servers.redis.start();
        for (const url of urls()) {
          while ((await call(url, 'GET /readyz')).status !== 200) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          expect(await statusOf(url, session)).toBe(200);
        }
      });
  });
}
