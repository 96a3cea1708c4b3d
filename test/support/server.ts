import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { userEnvironment } from './run.ts';

/** A project's server that takes requests. */
export interface RunningServer {
  readonly origin: string;
  /** Asks it to stop, as a container does, and tells how it ended. */
  stop(): Promise<number | undefined>;
}

/** What a server said that did not start. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
}

/**
 * Starts the built server of a project, on a port that is free.
 *
 * @param settings its environment, over what stands in .env
 * @throws {NotStarted} with its output, when it ends before it listens
 */
export async function startServer(
  folder: string,
  mode: 'development' | 'production',
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const server = execa(
    'node',
    ['dist/server.js', ...(mode === 'development' ? ['--development'] : [])],
    {
      cwd: folder,
      env: {
        ...userEnvironment(),
        ...(mode === 'production' ? { NODE_ENV: 'production' } : {}),
        HOST: '127.0.0.1',
        PORT: '0',
        ...settings,
      },
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
    },
  );
  const lines = createInterface({ input: server.stdout });
  const address = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const found = /listening on (http:\/\/[\w.:]+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  const origin = await Promise.race([address, server.then(({ all }) => new NotStarted(all))]);
  if (origin instanceof NotStarted) throw origin;
  return {
    origin,
    async stop() {
      server.kill('SIGTERM');
      return (await server).exitCode;
    },
  };
}
