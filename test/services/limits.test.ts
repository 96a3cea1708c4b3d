import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject } from '../attacks/lab/project.ts';
import { answersOf } from '../matrix/variants.ts';
import { call, PASSWORD, refresh, register, tokensOf } from './lab/client.ts';
import { type Instance, Instances } from './lab/instances.ts';
import { onServers } from './lab/on-servers.ts';

const answers = answersOf({
  auth: 'both',
  refreshTransport: 'body',
  database: 'postgres',
  sessionStore: 'redis',
});

onServers('limits on Redis, of three instances', ['PostgreSQL', 'Redis'], (servers) => {
  let instances: Instances;
  let three: Instance[];
  /** An account that is locked from the first test on. */
  let locked: string;

  beforeAll(async () => {
    instances = new Instances(await makeProject('limits', answers), {
      DATABASE_URL: servers.postgres.url,
      REDIS_URL: servers.redis.url,
    });
    three = await Promise.all([1, 2, 3].map(() => instances.start()));
    locked = await register(urlOf(0));
  });
  afterAll(() => instances?.stop());

  const urlOf = (index: number): URL => three[index % 3]?.url as URL;
  const guess = (index: number, email: string, password = 'a wrong password') =>
    call(urlOf(index), 'POST /auth/login', { json: { email, password } });
  const statuses = async (tries: readonly ReturnType<typeof guess>[]) =>
    (await Promise.all(tries)).map(({ status }) => status).sort();
  const changes = (index: number): string[] => {
    const lines = three[index]?.lines ?? [];
    return lines.flatMap(
      (line) => /"msg":"([^"]*failures are counted[^"]*)"/.exec(line)?.[1] ?? [],
    );
  };
  const recovered = async () => {
    for (const { url } of three) {
      while ((await call(url, 'GET /readyz')).status !== 200) await pause();
    }
  };

  test('of 40 guesses at once, spread over all, 10 are made', async () => {
    const tries = Array.from({ length: 40 }, (_, index) => guess(index, locked));
    expect(await statuses(tries)).toEqual([...Array(10).fill(401), ...Array(30).fill(429)]);
    for (const index of three.keys()) expect(changes(index)).toEqual([]);
  });

  test('a restart of Redis forgets none', async () => {
    await servers.redis.halt();
    await servers.redis.start();
    await recovered();
    for (const index of three.keys()) {
      expect((await guess(index, locked, PASSWORD)).status).toBe(429);
    }
  });

  test('while Redis is away each counts by itself, and what needs no Redis goes on', async () => {
    const email = await register(urlOf(0));
    const { refreshToken } = await tokensOf(urlOf(1), email);
    await servers.redis.halt();

    const began = performance.now();
    const credentials = { json: { email, password: PASSWORD } };
    expect((await call(urlOf(0), 'POST /auth/token', credentials)).status).toBe(200);
    expect((await refresh(urlOf(1), refreshToken)).status).toBe(200);
    const session = await call(urlOf(2), 'POST /auth/login', credentials);
    expect(session.json).toMatchObject({ status: 503, code: 'store_away' });
    expect(performance.now() - began).toBeLessThan(5000);

    for (const index of three.keys()) {
      const tries = Array.from({ length: 40 }, () => guess(index, email));
      expect(await statuses(tries)).toEqual([...Array(10).fill(401), ...Array(30).fill(429)]);
      expect(changes(index)).toEqual(['Redis is out of reach: failures are counted in memory']);
    }

    await servers.redis.start();
    await recovered();
    for (const index of three.keys()) {
      expect((await guess(index, locked, PASSWORD)).status).toBe(429);
      expect((await guess(index, email, PASSWORD)).status).toBe(200);
      expect(changes(index).slice(1)).toEqual(['failures are counted in Redis again']);
    }
  });
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
