import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../test/support/free-port.ts';
import { whenUp } from '../../test/support/when-up.ts';

const PROBE = new URL('../probe.mjs', import.meta.url).href;

/** What the probe inside a server saw between `watch` and `seen`. */
export interface Seen {
  /** Processor time of the whole process, its threads included (microseconds). */
  readonly cpu: number;
  /** How late the event loop was (milliseconds). */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** A server in a process of its own, on 127.0.0.1. */
export interface Server {
  readonly url: string;
  /** The first line that it printed, if it prints one when it listens. */
  readonly firstLine: () => string;
  readonly watch: () => void;
  readonly seen: () => Promise<Seen>;
  /** The memory that the system has given to the process (bytes). */
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts `node SCRIPT` in production mode, with the probe beside it, and waits until it listens.
 *
 * @param cwd where it runs
 */
export async function startServer(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', PROBE, script], {
    cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
      ...env,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  const answers = async () => {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    return answer;
  };
  await whenUp(child, answers, () => `${script} at ${url}`).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  return {
    url,
    firstLine: () => printed.split('\n', 1)[0] ?? '',
    watch: () => child.send('watch'),
    async seen(): Promise<Seen> {
      const answer = once(child, 'message');
      child.send('seen');
      const [seen] = await answer;
      return seen as Seen;
    },
    async memory(): Promise<number> {
      const answer = once(child, 'message');
      child.send('memory');
      const [bytes] = await answer;
      return bytes as number;
    },
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
