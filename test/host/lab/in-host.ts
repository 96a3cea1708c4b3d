import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { type AddRequest, add } from '../../../src/commands/add.ts';
import type { HostChanged } from '../../../src/commands/host-changes.ts';
import { remove } from '../../../src/commands/remove.ts';
import type { OptionName } from '../../../src/options/option.ts';
import { run, userEnvironment } from '../../support/run.ts';
import { hostProgram } from './lab.ts';
import type { HostFixture } from './shapes.ts';
import { entryOf } from './write-host.ts';

/** Runs commands without a word. */
export const QUIET_RUNNER = {
  env: {},
  signal: new AbortController().signal,
  output: 2,
  interview: undefined,
  planned: () => {},
  renewed: () => {},
  warn: () => {},
  stepBegins: () => {},
  stepEnds: () => {},
} as const;

/** Adds to a host as `add --yes --no-install` does. */
export function addTo(
  cwd: string,
  answers: { readonly [Name in OptionName]?: unknown } = {},
  more: Partial<AddRequest> = {},
): Promise<HostChanged> {
  const given = Object.entries(answers).map(
    ([name, value]) => [name as OptionName, { value, where: name }] as const,
  );
  const request = { ...REQUEST, cwd, given: new Map(given), yes: true, ...more };
  return add(request, QUIET_RUNNER);
}

/** Removes from a host as `remove --no-install` does. */
export function removeFrom(cwd: string, more: Partial<AddRequest> = {}): Promise<HostChanged> {
  return remove({ ...REQUEST, cwd, ...more }, QUIET_RUNNER);
}

/** What is asked for where nothing else is said. */
export const REQUEST = {
  modules: [],
  replace: [],
  onConflict: 'fail',
  dryRun: false,
  verify: false,
  install: false,
} as const;

/** Every file of a package as it is, but for what builds and servers leave behind. */
export async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(node_modules|\.git|dist|data)(\/|$)/.test(path))
    .sort();
  const pairs = paths.map(async (path) => {
    const bytes = await readFile(join(folder, path));
    return [path, bytes.toString('latin1')] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

/** Builds a host, and runs its own tests. */
export async function checkHost(folder: string, fixture: HostFixture): Promise<void> {
  const steps: (readonly [string, readonly string[]])[] = [['npm', ['test']]];
  if (fixture.language === 'typescript') steps.unshift([hostProgram(fixture, 'tsc'), []]);
  for (const [command, args] of steps) {
    const { exitCode, output } = await run(command, args, folder, { NODE_ENV: 'development' });
    if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')}\n${output}`);
  }
}

/** A host that runs. */
export interface RunningHost {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** Starts a host that was built, on a port that is free. */
export async function startHost(folder: string, fixture: HostFixture): Promise<RunningHost> {
  const server = execa('node', entryOf(fixture), {
    cwd: folder,
    env: { ...userEnvironment(), NODE_ENV: 'development', PORT: '0' },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const address = new Promise<string>((resolve) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const found = /listening on (http:\/\/[\w.:]+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  const origin = await Promise.race([address, server.then(({ all }) => new Error(all))]);
  if (origin instanceof Error) throw origin;
  return {
    origin,
    stop: async () => {
      server.kill('SIGKILL');
      await server;
    },
  };
}

/** Registers, signs in, asks who that is, and asks the host for what is its own: each answer in a line. */
export async function useHost(origin: string): Promise<readonly string[]> {
  const account = { email: 'alice@example.net', password: 'a long walk on the pier' };
  let credentials: Record<string, string> = {};
  const ask = async (path: string, body?: object): Promise<string> => {
    const response = await fetch(`${origin}${path}`, {
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...credentials },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    const token = /"accessToken":"([^"]+)"/.exec(text)?.[1];
    if (token) credentials = { Authorization: `Bearer ${token}` };
    else if (cookie) credentials = { cookie };
    const email = text.includes(account.email) ? ' alice' : '';
    return `${path} ${response.status}${path.startsWith('/auth') ? email : ` ${text}`}`;
  };
  return [
    await ask('/auth/me'),
    await ask('/auth/register', account),
    await ask('/auth/login', { ...account, password: 'something else' }),
    await ask('/auth/login', account),
    await ask('/auth/me'),
    await ask('/items/0'),
    await ask('/items', { title: 'three' }),
    await ask('/boom'),
    await ask('/nothing'),
  ];
}

/** What a route of the host's own answers to pages of an origin: what they may load, and who may read it. */
export async function askFromPages(origin: string, pages: string): Promise<string> {
  const { headers } = await fetch(`${origin}/items/0`, { headers: { Origin: pages } });
  const policy = headers.get('content-security-policy')?.split(';')[0];
  return `${policy}, ${headers.get('access-control-allow-origin')}`;
}

/** What `useHost` finds where all is well. */
export const IN_ORDER = [
  '/auth/me 401',
  '/auth/register 201 alice',
  '/auth/login 401',
  '/auth/login 200 alice',
  '/auth/me 200 alice',
  '/items/0 200 {"id":0,"title":"one"}',
  '/items 201 {"id":2,"title":"three"}',
  '/boom 500 {"error":"boom"}',
  '/nothing 404 {"error":"nothing here"}',
];
