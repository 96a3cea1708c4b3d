import autocannon from 'autocannon';
import { register, signIn } from './lib/account.ts';
import { freshDatabase, type Lab } from './lib/lab.ts';
import { checkGrowth, type Memory, megabytes, watchMemory } from './lib/memory.ts';
import { type Server, startServer } from './lib/server.ts';
import { beSlow, SLOWNESSES, type Slowness } from './lib/slow-clients.ts';
import { hasSlowHttpTest, SLOW_HTTP_TESTS, slowHttpTest } from './lib/slowhttptest.ts';
import { median } from './lib/stats.ts';
import { table } from './lib/table.ts';

const CONNECTIONS = 1000;
const USERS = 20;

const email = (index: number) => `user-${index}@example.com`;

/** What a client got: how often each status, and everything that a 200 or a 201 promised. */
interface Got {
  readonly statuses: Map<number, number>;
  readonly registered: Set<string>;
  readonly cookies: string[];
}

/**
 * Loads one generated server with a thousand connections, and then holds a thousand slow ones open in each of several
 * ways while ordinary clients go on, by clients of our own and by slowhttptest where the machine has it; returns what
 * to write down.
 *
 * @throws where an answer is a 5xx that was not announced, a login or an account that was confirmed is not there,
 *   somebody got no answer, or memory grew
 */
export async function benchLoad(lab: Lab, { seconds }: { seconds: number }): Promise<string> {
  const server = await startServer('dist/server.js', lab.project('login-argon2id'), {
    DATABASE_URL: freshDatabase(lab),
    TRUST_PROXY: '1',
  });
  const rows: Row[] = [];
  try {
    for (let index = 0; index < USERS; index++) await register(server.url, email(index));
    const memory = watchMemory(server);
    const got = await crowd(server.url, CONNECTIONS, seconds);
    rows.push(await row(`${CONNECTIONS} connections`, server, got, await memory.stop()));
    for (const slowness of SLOWNESSES) {
      const start = () => ownSlowClients(server.url, slowness);
      rows.push(await beside(server, `slow ${slowness.name}`, seconds, start));
    }
    for (const attack of (await hasSlowHttpTest()) ? SLOW_HTTP_TESTS : []) {
      const start = () => slowHttpTest(server.url, attack, { connections: CONNECTIONS, seconds });
      rows.push(await beside(server, `slowhttptest, ${attack.name}`, seconds, start));
    }
    // The first load warms it up. What grows slowly shows in all the others together.
    const [, second] = rows;
    const last = rows.at(-1);
    if (second && last) {
      checkGrowth('all loads', { first: second.memory.first, last: last.memory.last });
    }
  } finally {
    await server.stop();
  }
  const heads = [
    'load',
    'answers of ordinary clients',
    'never answered',
    'lost logins, accounts',
    'p99',
    'memory: first third, last third, most',
    'slow connections: closed, after',
  ];
  const lines = rows.map(({ cells }) => cells);
  return `${seconds} s each.\n\n${table(heads, lines)}`;
}

interface Row {
  readonly cells: readonly string[];
  readonly memory: Memory;
}

/** @param start begins to be slow, and returns what ends it and tells what became of the slow connections */
async function beside(
  server: Server,
  name: string,
  seconds: number,
  start: () => () => Promise<string>,
): Promise<Row> {
  const memory = watchMemory(server);
  const end = start();
  let closed = '';
  let got: Crowd;
  try {
    got = await crowd(server.url, 20, seconds);
  } finally {
    closed = await end();
  }
  const { cells, memory: had } = await row(name, server, got, await memory.stop());
  return { cells: [...cells, closed], memory: had };
}

function ownSlowClients(url: string, slowness: Slowness): () => Promise<string> {
  const slow = beSlow(url, slowness, CONNECTIONS);
  return async () => {
    slow.stop();
    const ages = slow.lasted;
    return ages.length > 0 ? `${ages.length}, ${(median(ages) / 1000).toFixed(0)} s` : '0';
  };
}

interface Crowd extends Got {
  /** Connections that got no answer at all to the end, or were broken. */
  readonly unanswered: number;
  readonly p99: number;
}

/** Ordinary clients: of ten requests one signs in, one registers, and the others ask who they are. */
async function crowd(url: string, connections: number, seconds: number): Promise<Crowd> {
  const got: Got = {
    statuses: new Map(),
    registered: new Set(),
    cookies: [],
  };
  let next = 0;
  const count = (status: number) => got.statuses.set(status, (got.statuses.get(status) ?? 0) + 1);
  const post = (body: string): autocannon.Request => ({
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // Each from an address of its own, or they would be turned away for guessing.
      'x-forwarded-for': `198.51.${next % 256}.${(next >> 8) % 256}`,
    },
    body,
  });
  const asking: autocannon.Request = {
    path: '/auth/me',
    onResponse: (status) => count(status),
  };
  const answered = new Set<object>();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 60,
    setupClient: (client) => client.on('response', () => answered.add(client)),
    requests: [
      {
        path: '/auth/login',
        setupRequest: (request) => {
          next += 1;
          return { ...request, ...post(signIn(email(next % USERS))) };
        },
        onResponse(status, _body, _context, headers) {
          count(status);
          const [cookie] = [(headers as Record<string, string | string[]>)['Set-Cookie']].flat();
          if (status === 200 && cookie) got.cookies.push(cookie.split(';', 1)[0] ?? '');
        },
      },
      ...Array<autocannon.Request>(4).fill(asking),
      {
        path: '/auth/register',
        setupRequest: (request, context) => {
          next += 1;
          const fresh = `new-${connections}-${process.hrtime.bigint()}-${next}@example.com`;
          Object.assign(context, { email: fresh });
          return { ...request, ...post(signIn(fresh)) };
        },
        onResponse(status, _body, context) {
          count(status);
          if (status === 201) got.registered.add((context as { email: string }).email);
        },
      },
      ...Array<autocannon.Request>(4).fill(asking),
    ],
  });
  const broken = result.errors - result.timeouts;
  const unanswered = connections - answered.size + broken;
  return { ...got, unanswered, p99: result.latency.p99 };
}

/** Tells what came of a load, and whether what the server confirmed is really there. */
async function row(name: string, server: Server, got: Crowd, memory: Memory): Promise<Row> {
  console.log(`load: ${name}`);
  const statuses = [...got.statuses].sort(([one], [other]) => one - other);
  const unannounced = statuses.filter(([status]) => status >= 500 && status !== 503);
  if (unannounced.length > 0) throw new Error(`${name}: answered ${unannounced.join(', ')}`);
  if (got.unanswered > 0) throw new Error(`${name}: ${got.unanswered} got no answer`);
  const lost = await countLost(server.url, got);
  if (lost > 0) throw new Error(`${name}: ${lost} of what was confirmed is not there`);
  checkGrowth(name, memory);
  const { first, last, most } = memory;
  const cells = [
    name,
    statuses.map(([status, count]) => `${count} × ${status}`).join(', '),
    String(got.unanswered),
    `${lost} of ${got.cookies.length}, ${got.registered.size}`,
    `${got.p99} ms`,
    [first, last, most].map(megabytes).join(', '),
  ];
  return { cells, memory };
}

/** Uses every login, and registers every account again: 409 is what one that exists answers. */
async function countLost(url: string, { cookies, registered }: Got): Promise<number> {
  let lost = 0;
  for (const cookie of cookies) {
    const { status } = await fetch(`${url}/auth/me`, { headers: { cookie } });
    if (status !== 200) lost += 1;
  }
  let index = 0;
  for (const one of registered) {
    index += 1;
    const { status } = await fetch(`${url}/auth/register`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `203.0.${index % 256}.${(index >> 8) % 256}`,
      },
      body: signIn(one),
    });
    if (status !== 409) lost += 1;
  }
  return lost;
}
