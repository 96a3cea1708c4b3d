import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../attacks/lab/bench.ts';
import { freePort } from '../../support/free-port.ts';
import { whenUp } from '../../support/when-up.ts';
import { programs, type ServerName } from './programs.ts';

/** A server on this machine with its data in a folder of its own. */
export interface StoreServer {
  readonly url: string;
  /** Of its first process. */
  pid(): number;
  /** Ends it in good order, as for an update. */
  halt(): Promise<void>;
  /** Leaves it with its connections, and with no answer to anybody. */
  freeze(): void;
  /** Lets it go on where it was. */
  thaw(): void;
  /** Starts it again over the same data, at the same port. */
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  remove(): Promise<void>;
}

/** The servers that somebody asked for. */
export interface Servers {
  readonly postgres: StoreServer;
  readonly redis: StoreServer;
  remove(): Promise<void>;
}

/** What a server proves itself with. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Starts servers.
 *
 * @param tls what they prove themselves with; without it they have no TLS
 * @returns them; asking for one that was not started is an error
 */
export async function startServers(
  needed: readonly ServerName[],
  tls?: Certificate,
): Promise<Servers> {
  const [postgres, redis] = await Promise.all([
    needed.includes('PostgreSQL') ? startPostgres(tls) : undefined,
    needed.includes('Redis') ? startRedis(tls) : undefined,
  ]);
  const started = (server: StoreServer | undefined): StoreServer => {
    if (!server) throw new Error('nobody asked for this server');
    return server;
  };
  return {
    get postgres() {
      return started(postgres);
    },
    get redis() {
      return started(redis);
    },
    async remove() {
      await Promise.all([postgres?.remove(), redis?.remove()]);
    },
  };
}

/** PostgreSQL refuses to be root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Starts a PostgreSQL with one user, `postgres`. With TLS it takes those who do without, too. */
async function startPostgres(tls?: Certificate): Promise<StoreServer> {
  const folder = newFolder('postgres-');
  const data = join(folder, 'data');
  const made = spawnSync(
    programs.initdb ?? '',
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...NOBODY, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    // What is tested is what becomes of connections; a power cut is not.
    fsync: 'off',
    max_connections: 500,
    ...(tls && {
      ssl: 'on',
      ssl_cert_file: newFile(folder, 'cert.pem', tls.cert),
      ssl_key_file: newFile(folder, 'key.pem', tls.key),
    }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return runServer(folder, {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    command: [programs.postgres ?? '', '-D', data, ...args],
    ready: /database system is ready to accept connections/,
    // Ends connections at once, and transactions with them.
    signal: 'SIGINT',
  });
}

/** Starts a Redis that writes down whatever it is told; with TLS it takes nothing else. */
async function startRedis(tls?: Certificate): Promise<StoreServer> {
  const folder = newFolder('redis-');
  const port = await freePort();
  const ports = tls
    ? `--port 0 --tls-port ${port} --tls-auth-clients no --tls-cert-file ${newFile(folder, 'cert.pem', tls.cert)} --tls-key-file ${newFile(folder, 'key.pem', tls.key)}`
    : `--port ${port}`;
  const settings = `--bind 127.0.0.1 ${ports} --save  --appendonly yes --appendfsync always --databases 10000`;
  return runServer(folder, {
    url: `redis://127.0.0.1:${port}`,
    command: [programs.redis ?? '', ...settings.split(' '), '--dir', folder],
    ready: /Ready to accept connections/,
    signal: 'SIGTERM',
  });
}

async function runServer(
  folder: string,
  server: { url: string; command: string[]; ready: RegExp; signal: NodeJS.Signals },
): Promise<StoreServer> {
  const [program = '', ...args] = server.command;
  let child: ChildProcess | undefined;
  const atExit = () => child?.kill('SIGKILL');
  process.once('exit', atExit);

  const start = async () => {
    child = spawn(program, args, { ...NOBODY, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = linesOf(child);
    await whenUp(
      child,
      () => lines.find((line) => server.ready.test(line)),
      () => `${program}: ${lines.join('\n')}`,
    );
  };
  const halt = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(server.signal);
    await ended;
  };
  await start();
  return {
    url: server.url,
    pid: () => child?.pid ?? 0,
    start,
    halt,
    freeze: () => signalAll(child?.pid, 'SIGSTOP'),
    thaw: () => signalAll(child?.pid, 'SIGCONT'),
    async remove() {
      await halt();
      process.off('exit', atExit);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Sends a signal to a process and its children: PostgreSQL has one for each connection. */
function signalAll(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('the server does not run');
  // First the one that could make more.
  process.kill(pid, signal);
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (!child || parent !== pid) continue;
    try {
      process.kill(child, signal);
    } catch (error) {
      // One that has ended in the meantime needs no signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function newFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
  return folder;
}

/** For the eyes of the server only, or it refuses a key. */
function newFile(folder: string, name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  if (NOBODY.uid !== undefined) chownSync(file, NOBODY.uid, NOBODY.gid);
  return file;
}
