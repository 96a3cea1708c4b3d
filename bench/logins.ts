import { Agent, type IncomingMessage, request } from 'node:http';
import { register, signIn } from './lib/account.ts';
import { freshDatabase, type Lab } from './lib/lab.ts';
import { type Server, startServer } from './lib/server.ts';
import { percentile } from './lib/stats.ts';
import { table } from './lib/table.ts';
import { loginVariants } from './lib/variants.ts';

const LOGINS = 100;

/** Requests that arrive at the same moment, each from an address of its own. */
interface Burst {
  readonly name: string;
  /** The body of one of them. */
  readonly body: (index: number) => string;
}

const email = (index: number) => `user-${index}@example.com`;

const bursts: readonly Burst[] = [
  { name: '100 users, right passwords', body: (index) => signIn(email(index)) },
  {
    name: '100 guesses at one account',
    body: (index) => signIn(email(0), `not the password ${index}`),
  },
];

/** Signs 100 users in at once with each password hash, and then guesses at one account; returns what to write down. */
export async function benchLogins(lab: Lab): Promise<string> {
  const rows: string[][] = [];
  for (const [name, { hash }] of loginVariants) {
    const server = await startServer('dist/server.js', lab.project(name), {
      DATABASE_URL: freshDatabase(lab),
      // So that each request can come from an address of its own, by X-Forwarded-For.
      TRUST_PROXY: '1',
    });
    try {
      await registerAll(server.url);
      for (const burst of bursts) {
        rows.push([`${hash}: ${burst.name}`, ...(await measure(server, burst))]);
        console.log(`100 logins at once: ${hash}, ${burst.name}`);
      }
    } finally {
      await server.stop();
    }
  }
  const heads = [
    'hash',
    'answers',
    'all answered after',
    'event loop p50',
    'p99',
    'longest',
    '/healthz p99',
    'longest',
  ];
  return table(heads, rows);
}

/** A few at a time, so that none is turned away. */
async function registerAll(url: string): Promise<void> {
  for (let next = 0; next < LOGINS; next += 10) {
    const batch = Array.from({ length: 10 }, (_, index) => register(url, email(next + index)));
    await Promise.all(batch);
  }
}

async function measure(server: Server, { body }: Burst): Promise<string[]> {
  const health = watchHealth(server.url);
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.watch();
  const started = performance.now();
  const agent = new Agent({ maxSockets: LOGINS });
  const statuses = await Promise.all(
    Array.from({ length: LOGINS }, (_, index) =>
      send(`${server.url}/auth/login`, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `198.51.100.${index}`,
        },
        body: body(index),
      }),
    ),
  );
  const elapsed = performance.now() - started;
  const { delay } = await server.seen();
  const times = await health.stop();
  agent.destroy();
  return [
    countOf(statuses),
    `${Math.round(elapsed)} ms`,
    ...[delay.p50, delay.p99, delay.max, percentile(times, 0.99), Math.max(...times)].map(
      (milliseconds) => `${milliseconds.toFixed(1)} ms`,
    ),
  ];
}

/** Asks for `/healthz` again and again, ten milliseconds after each answer, and notes how long each answer took. */
function watchHealth(url: string) {
  const times: number[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let watching = true;
  const asking = (async () => {
    while (watching) {
      const asked = performance.now();
      await send(`${url}/healthz`, { agent });
      times.push(performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    async stop(): Promise<readonly number[]> {
      watching = false;
      await asking;
      agent.destroy();
      return times;
    },
  };
}

interface Call {
  readonly agent: Agent;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Makes a request as cheaply as Node can, and returns its status. */
function send(url: string, { body, ...options }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    };
    request(url, options, answered).once('error', reject).end(body);
  });
}

/** `50 × 200, 50 × 503` */
function countOf(statuses: readonly number[]): string {
  return [...new Set(statuses)]
    .sort((a, b) => a - b)
    .map((status) => `${statuses.filter((one) => one === status).length} × ${status}`)
    .join(', ');
}
