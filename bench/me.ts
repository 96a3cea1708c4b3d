import autocannon from 'autocannon';
import { type Credential, register, sessionOf, tokenOf } from './lib/account.ts';
import { freshDatabase, type Lab } from './lib/lab.ts';
import { type Server, startServer } from './lib/server.ts';
import { median, type Ratio, ratio } from './lib/stats.ts';
import { showRatio, table } from './lib/table.ts';

const CONNECTIONS = 20;
const EMAIL = 'alice@example.com';

/** A server that is to answer `GET /auth/me`. */
interface Contender {
  readonly name: string;
  readonly start: (lab: Lab) => Promise<Server>;
  /** Signs in, and tells what to send. */
  readonly signIn: (server: Server) => Promise<Credential>;
}

/** One contender's figures, a round each. */
interface Measured {
  readonly name: string;
  readonly perSecond: number[];
  /** Processor time for one request (microseconds). */
  readonly cpu: number[];
  /** Of the response times of a round (milliseconds). */
  readonly p99: number[];
}

const project = (
  name: string,
  variant: string,
  credential: (url: string) => Promise<Credential>,
): Contender => ({
  name,
  start: (lab) =>
    startServer('dist/server.js', lab.project(variant), { DATABASE_URL: freshDatabase(lab) }),
  async signIn({ url }) {
    await register(url, EMAIL);
    return credential(url);
  },
});

const rival = (name: string, script: string): Contender => ({
  name,
  start: (lab) => startServer(script, lab.path('rivals'), { DATABASE_URL: freshDatabase(lab) }),
  signIn: async (server) => JSON.parse(server.firstLine()).headers,
});

const withToken = (route: string) => (url: string) => tokenOf(url, EMAIL, route);
const withSession = (url: string) => sessionOf(url, EMAIL);

const express = rival('bare Express', 'express.mjs');
const rivals = [rival('passport-jwt', 'passport-jwt.mjs'), rival('better-auth', 'better-auth.mjs')];
const projects = [
  project('session, database', 'session', withSession),
  project('JWT, HS256, expiry', 'jwt-hs256', withToken('/auth/login')),
  project('JWT, HS256, instant', 'jwt-hs256-instant', withToken('/auth/login')),
  project('JWT, EdDSA, expiry', 'jwt-eddsa', withToken('/auth/login')),
  project('JWT, ES256, expiry', 'jwt-es256', withToken('/auth/login')),
  project('both, by session', 'both', withSession),
  project('both, by HS256 token, instant', 'both', withToken('/auth/token')),
];

/** Measures every server in turn, round after round, and returns what to write down. */
export async function benchMe(lab: Lab, settings: { rounds: number; seconds: number }) {
  const results: Measured[] = [];
  const stops: (() => Promise<void>)[] = [];
  const turns: (() => Promise<void>)[] = [];
  try {
    for (const contender of [express, ...rivals, ...projects]) {
      const server = await contender.start(lab);
      stops.push(server.stop);
      const headers = await contender.signIn(server);
      const measured: Measured = { name: contender.name, perSecond: [], cpu: [], p99: [] };
      results.push(measured);
      await load(server, headers, 2);
      turns.push(async () => note(measured, await load(server, headers, settings.seconds)));
    }
    for (let round = 0; round < settings.rounds; round++) {
      // There and back again, so that no server always follows the same one.
      for (const turn of round % 2 === 0 ? turns : [...turns].reverse()) await turn();
      console.log(`GET /auth/me: round ${round + 1} of ${settings.rounds}`);
    }
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
  return report(results, settings);
}

function note(measured: Measured, load: { perSecond: number; cpu: number; p99: number }): void {
  measured.perSecond.push(load.perSecond);
  measured.cpu.push(load.cpu);
  measured.p99.push(load.p99);
}

async function load({ url, watch, seen }: Server, headers: Credential, seconds: number) {
  watch();
  const result = await autocannon({
    url: `${url}/auth/me`,
    connections: CONNECTIONS,
    duration: seconds,
    headers,
  });
  const { cpu } = await seen();
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} failed under load`);
  const requests = result.requests.total;
  return { perSecond: requests / result.duration, cpu: cpu / requests, p99: result.latency.p99 };
}

function report(
  results: readonly Measured[],
  { rounds, seconds }: { rounds: number; seconds: number },
): string {
  const find = (name: string) => results.find((one) => one.name === name);
  const cpuOf = (name: string) => find(name)?.cpu ?? [];
  const against = (perSecond: readonly number[], name: string): Ratio =>
    ratio(perSecond, find(name)?.perSecond ?? []);
  const rows = results.map(({ name, perSecond, cpu, p99 }) => [
    name,
    Math.round(median(perSecond)).toLocaleString('en'),
    ...[express, ...rivals].map((other) => showRatio(against(perSecond, other.name))),
    `${Math.round(median(cpu))} µs`,
    ...[express, ...rivals].map((other) => (median(cpuOf(other.name)) / median(cpu)).toFixed(2)),
    `${median(p99)} ms`,
  ]);
  const heads = [
    'server',
    'requests/s',
    '/ bare Express',
    '/ passport-jwt',
    '/ better-auth',
    'CPU each',
    'by CPU: / bare Express',
    '/ passport-jwt',
    '/ better-auth',
    'p99',
  ];
  return `${rounds} rounds of ${seconds} s with ${CONNECTIONS} keep-alive connections.\n\n${table(heads, rows)}`;
}
