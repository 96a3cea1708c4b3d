import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProcessBench } from '../attacks/lab/bench.ts';
import { makeProject, type Project } from '../attacks/lab/project.ts';
import { answersOf } from '../matrix/variants.ts';
import { type Credential, call, PASSWORD, register, sessionOf, statusOf } from './lab/client.ts';
import { type Instance, Instances } from './lab/instances.ts';
import { clientsAtWork } from './lab/load.ts';
import { onServers } from './lab/on-servers.ts';
import { newPlaces } from './lab/places.ts';

const answers = answersOf({
  auth: 'both',
  revocation: 'instant',
  database: 'postgres',
  sessionStore: 'redis',
});

/** The longest that a request may take while a store says nothing, on a machine that is busy with others (milliseconds). */
const PATIENCE = { postgres: 9000, redis: 5000 };

onServers('stores that do not answer', ['PostgreSQL', 'Redis'], (servers) => {
  let project: Project;
  let instances: Instances;
  let instance: Instance;

  beforeAll(async () => {
    project = await makeProject('silence', answers);
    instances = new Instances(project, {
      DATABASE_URL: servers.postgres.url,
      REDIS_URL: servers.redis.url,
    });
    instance = await instances.start();
  });
  afterAll(() => instances?.stop());

  test.each(['postgres', 'redis'] as const)(
    'while %s is silent nothing hangs, and all goes on when it is back',
    async (name) => {
      const store = servers[name];
      const { url } = instance;
      const email = await register(url);
      const session = await sessionOf(url, email);
      // More than there are connections, so that some are always being used.
      const users: { email: string; session: Credential }[] = [];
      while (users.length < 15) {
        const own = await register(url);
        users.push({ email: own, session: await sessionOf(url, own) });
      }
      const idle = [...users];
      let slowest = 0;
      const timed = async (use: () => Promise<number>) => {
        const began = performance.now();
        const status = await use();
        slowest = Math.max(slowest, performance.now() - began);
        return status;
      };
      const load = clientsAtWork(users.length, async () => {
        const user = idle.pop();
        if (!user) throw new Error('there is a user for each client');
        const statuses = [
          await timed(() => statusOf(url, user.session)),
          await timed(() => changePassword(url, user.session)),
          await timed(() => signIn(url, user.email)),
        ];
        idle.push(user);
        return statuses;
      });
      await load.goOn(30);
      store.freeze();
      const came: Promise<number>[] = [];
      try {
        // Whoever comes does not wait for those before: so something is written to the store all the time.
        for (const began = performance.now(); performance.now() - began < 14_000; ) {
          came.push(timed(() => statusOf(url, session)));
          came.push(timed(() => status(url, 'GET /readyz')));
          expect((await call(url, 'GET /healthz')).status).toBe(200);
          await pause(200);
        }
      } finally {
        store.thaw();
      }
      // Those who came last may have been in time for its return.
      const first = (await Promise.all(came)).slice(0, came.length / 2);
      expect(new Set(first)).toEqual(new Set([503]));
      while ((await status(url, 'GET /readyz')) !== 200) await pause(20);
      await load.goOn(30);
      const statuses = await load.stop();
      expect(statuses.filter((one) => ![200, 204, 503].includes(one))).toEqual([]);
      expect(statuses).toContain(204);
      expect(slowest).toBeLessThan(PATIENCE[name]);
      expect(await statusOf(url, session)).toBe(200);
    },
  );

  test.each([
    ['DATABASE_URL', 'postgres'],
    ['REDIS_URL', 'redis'],
  ] as const)('a silent server at %s stops the start, with one line', async (name, scheme) => {
    const hole = await startHole();
    const bench = new ProcessBench(project, () => newPlaces(servers, answers));
    const began = performance.now();
    const refusal = await bench.refusal({ [name]: `${scheme}://api@127.0.0.1:${hole.port}` });
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(refusal).toMatchObject({ listened: false, exitCode: 1 });
    const [first, second = '', ...more] = refusal.output.split('\n').filter(Boolean);
    expect([first, more]).toEqual(['The server did not start.', []]);
    expect(second).toMatch(`${name}: 127.0.0.1:${hole.port} cannot be used: `);
    await bench.stop();
    await hole.stop();
  });

  test.each(['postgres', 'redis'] as const)(
    'a silent %s does not keep a server from stopping',
    async (name) => {
      const { url, stop } = await instances.start();
      await sessionOf(url, await register(url));
      servers[name].freeze();
      try {
        const began = performance.now();
        expect(await stop()).toBe(0);
        expect(performance.now() - began).toBeLessThan(15_000);
      } finally {
        servers[name].thaw();
      }
    },
  );
});

async function status(url: URL, request: string): Promise<number> {
  return (await call(url, request)).status;
}

async function changePassword(url: URL, { headers }: Credential): Promise<number> {
  const json = { currentPassword: PASSWORD, newPassword: PASSWORD };
  return (await call(url, 'POST /auth/password', { headers, json })).status;
}

async function signIn(url: URL, email: string): Promise<number> {
  return (await call(url, 'POST /auth/token', { json: { email, password: PASSWORD } })).status;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that takes connections and says nothing. */
async function startHole(): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
