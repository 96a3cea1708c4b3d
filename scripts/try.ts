import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { pack } from './packed.ts';

/**
 * `npm run try`: makes a project with the packed program, as `npx create-secure-express my-api --yes` would, starts
 * it, and signs a user in. In a terminal it goes on running until Ctrl-C; elsewhere it ends when it has shown that it
 * works.
 */

const PASSWORD = 'a long walk on the pier';
const folder = await mkdtemp(join(tmpdir(), 'create-secure-express-'));
try {
  const tarball = await pack(folder);
  const program = ['--yes', `--package=${tarball}`, 'create-secure-express'];
  await execa('npx', [...program, 'my-api', '--yes'], { cwd: folder, stdio: 'inherit' });

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = execa('npm', ['run', 'dev'], {
    cwd: join(folder, 'my-api'),
    env: { PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: 'inherit',
    reject: false,
    // A terminal's Ctrl-C reaches the watcher and the server below npm by itself; a kill must go to the group.
    detached: !process.stdin.isTTY,
  });
  try {
    await untilReady(url);
    await tour(url);
    if (process.stdin.isTTY) {
      say(
        `The server runs at ${url} from ${folder}/my-api; Ctrl-C ends it and removes the folder.`,
      );
      await server;
    }
  } finally {
    if (server.pid && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
    await server;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Registers, signs in and asks who is signed in; shows each answer. */
async function tour(url: string): Promise<void> {
  const credentials = { email: 'alice@example.com', password: PASSWORD };
  await show(201, 'POST', `${url}/auth/register`, credentials);
  const login = await show(200, 'POST', `${url}/auth/login`, credentials);
  const [cookie = ''] = login.headers.getSetCookie();
  await show(200, 'GET', `${url}/auth/me`, undefined, { Cookie: cookie.split(';', 1)[0] ?? '' });
}

async function show(
  expected: number,
  method: string,
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  say(`${method} ${new URL(url).pathname} -> ${answer.status} ${await answer.text()}`);
  if (answer.status !== expected) throw new Error(`expected ${expected}`);
  return answer;
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error('the server did not start within 30 seconds');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
