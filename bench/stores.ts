import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { makeProject } from '../test/attacks/lab/project.ts';
import { openLab } from '../test/matrix/lab/lab.ts';
import { answersOf } from '../test/matrix/variants.ts';
import { inPostgres } from '../test/services/lab/places.ts';
import { type StoreServer, startServers } from '../test/services/lab/servers.ts';
import { type Credential, register, sessionOf, tokenOf } from './lib/account.ts';
import { describeMachine } from './lib/machine.ts';
import { type Server, startServer } from './lib/server.ts';
import { median } from './lib/stats.ts';
import { cpuOf } from './lib/store-cpu.ts';
import { table } from './lib/table.ts';
import { resultsWith } from './results.ts';

/**
 * `npm run bench:stores` measures what a request costs the server and its store, for each place that a login can be
 * kept in, side by side on servers that it starts itself, and puts the figures into `bench/RESULTS.md`. With `--quick`
 * it takes a fast look, and only prints.
 */

const RESULTS = new URL('RESULTS.md', import.meta.url);
const CONNECTIONS = 20;
const EMAIL = 'alice@example.com';
const ROWS = 100_000;

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { rounds, seconds } = values.quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 2 };

const postgresAnswers = { database: 'postgres', corsOrigins: ['https://app.example.com'] } as const;
const contenders = [
  { name: 'sessions in SQLite', answers: answersOf({}), route: undefined },
  { name: 'sessions in PostgreSQL', answers: answersOf(postgresAnswers), route: undefined },
  {
    name: 'sessions in Redis',
    answers: answersOf({ ...postgresAnswers, sessionStore: 'redis' }),
    route: undefined,
  },
  {
    name: 'JWT, expiry',
    answers: answersOf({ ...postgresAnswers, auth: 'jwt' }),
    route: '/auth/login',
  },
  {
    name: 'JWT, instant, PostgreSQL',
    answers: answersOf({ ...postgresAnswers, auth: 'jwt', revocation: 'instant' }),
    route: '/auth/login',
  },
  {
    name: 'JWT, instant, Redis',
    answers: answersOf({
      ...postgresAnswers,
      auth: 'both',
      revocation: 'instant',
      sessionStore: 'redis',
    }),
    route: '/auth/token',
  },
] as const;

/** A route of a user's own, which needs to know who is signed in and nothing else. */
const GUARDED = {
  file: 'src/app.ts',
  search: '  // Your own routes go here:',
  replace:
    '  app.get("/guarded", auth.requireAuth, (_req, res) => void res.json({ ok: true }));\n  // Your own routes go here:',
};

interface Measured {
  readonly name: string;
  readonly path: string;
  readonly perSecond: number[];
  readonly p99: number[];
  /** Processor time for one request (microseconds), of the server, PostgreSQL and Redis. */
  readonly cpu: {
    readonly server: number[];
    readonly postgres: number[];
    readonly redis: number[];
  };
}

const machine = describeMachine();
await openLab();
const stores = await startServers(['PostgreSQL', 'Redis']);
const { postgres, redis } = stores;
const servers: Server[] = [];
try {
  const results: Measured[] = [];
  const turns: (() => Promise<void>)[] = [];
  for (const [index, { name, answers, route }] of contenders.entries()) {
    const project = await makeProject(`bench-stores-${index}`, answers, [GUARDED]);
    const database = await newDatabase(`bench${index}`);
    const server = await startServer(project.server.join(), project.folder, {
      ...project.settings,
      DATABASE_URL: answers.database === 'postgres' ? database : `file:${project.folder}/bench.db`,
      REDIS_URL: redis.url,
    });
    servers.push(server);
    await register(server.url, EMAIL);
    const headers = route
      ? await tokenOf(server.url, EMAIL, route)
      : await sessionOf(server.url, EMAIL);
    for (const path of ['/guarded', '/auth/me']) {
      const measured: Measured = {
        name,
        path,
        perSecond: [],
        p99: [],
        cpu: { server: [], postgres: [], redis: [] },
      };
      results.push(measured);
      await load(server, path, headers, 1, undefined);
      turns.push(() => load(server, path, headers, seconds, measured));
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of round % 2 === 0 ? turns : [...turns].reverse()) await turn();
    console.log(`stores: round ${round + 1} of ${rounds}`);
  }
  const text = report(results, await sizes());
  if (values.quick) console.log(text);
  else await writeFile(RESULTS, resultsWith(await readFile(RESULTS, 'utf8'), 'stores', text));
} finally {
  for (const server of servers) await server.stop();
  await stores.remove();
}

async function load(
  server: Server,
  path: string,
  headers: Credential,
  duration: number,
  into: Measured | undefined,
): Promise<void> {
  const before = [cpuOf(postgres.pid()), cpuOf(redis.pid())];
  server.watch();
  const result = await autocannon({
    url: server.url + path,
    connections: CONNECTIONS,
    duration,
    headers,
  });
  const { cpu } = await server.seen();
  const after = [cpuOf(postgres.pid()), cpuOf(redis.pid())];
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${path} failed under load`);
  const requests = result.requests.total;
  into?.perSecond.push(requests / result.duration);
  into?.p99.push(result.latency.p99);
  into?.cpu.server.push(cpu / requests);
  into?.cpu.postgres.push(((after[0] ?? 0) - (before[0] ?? 0)) / requests);
  into?.cpu.redis.push(((after[1] ?? 0) - (before[1] ?? 0)) / requests);
}

/** A database of its own for one project. */
async function newDatabase(name: string): Promise<string> {
  await inPostgres(postgres.url, (client) => client.query(`CREATE DATABASE ${name}`));
  return postgres.url.replace(/postgres$/, name);
}

/** What a user and a login take in each store, indexes included (bytes). */
async function sizes(): Promise<{ user: number; login: number; entry: number }> {
  const { rows } = await inPostgres(postgres.url.replace(/postgres$/, 'bench1'), async (client) => {
    await client.query(`INSERT INTO users SELECT gen_random_uuid(), n || '@example.com', n || '@example.com',
      '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('x', 66), now(), NULL FROM generate_series(1, ${ROWS}) n`);
    await client.query(`INSERT INTO logins SELECT gen_random_uuid(), id, 'session', substr(md5(id) || md5(id), 1, 43),
      repeat('x', 120), '203.0.113.7', repeat('x', 110), now(), now(), now() + interval '30 min' FROM users`);
    return client.query(
      "SELECT pg_total_relation_size('users')::int AS users, pg_total_relation_size('logins')::int AS logins",
    );
  });
  const entry = await entrySize(redis);
  return { user: Number(rows[0]?.users) / ROWS, login: Number(rows[0]?.logins) / ROWS, entry };
}

/** What one session takes in Redis: its entry, and what express-session keeps. */
async function entrySize({ url }: StoreServer): Promise<number> {
  const { createClient } = createRequire(
    new URL('../test/.cache/lab/package.json', import.meta.url),
  )('redis');
  const client = await createClient({ url }).connect();
  const [session] = await client.keys('session:*');
  const hash = String(session).slice('session:'.length);
  const bytes =
    (await client.memoryUsage(`session:${hash}`)) + (await client.memoryUsage(`login:${hash}`));
  client.destroy();
  return bytes;
}

function report(
  results: readonly Measured[],
  { user, login, entry }: Awaited<ReturnType<typeof sizes>>,
): string {
  const micro = (values: readonly number[]) => `${Math.round(median(values))} µs`;
  const rowsOf = (path: string) =>
    results
      .filter((one) => one.path === path)
      .map(({ name, perSecond, p99, cpu }) => [
        name,
        Math.round(median(perSecond)).toLocaleString('en'),
        `${median(p99)} ms`,
        micro(cpu.server),
        micro(cpu.postgres),
        micro(cpu.redis),
      ]);
  const heads = ['where the login is', 'requests/s', 'p99', 'CPU: server', 'PostgreSQL', 'Redis'];
  return [
    machine,
    `${rounds} rounds of ${seconds} s with ${CONNECTIONS} keep-alive connections.`,
    '`GET /auth/me`, which also shows the account:',
    table(heads, rowsOf('/auth/me')),
    'A route of your own behind `requireAuth`, which asks for nothing more:',
    table(heads, rowsOf('/guarded')),
    `With ${ROWS.toLocaleString('en')} of each, a user takes ${Math.round(user)} bytes in PostgreSQL and a login ${Math.round(login)}, indexes included; a session takes ${entry} bytes in Redis.`,
  ].join('\n\n');
}
