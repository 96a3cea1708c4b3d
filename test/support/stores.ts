import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Answers } from '../../src/options/answers.ts';
import { userEnvironment } from './run.ts';

/** The stores that a project needs beside itself, for a while. */
export interface Stores {
  /** Where they are, for the project's environment. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts what a project's tests take for PostgreSQL, where it needs that: its own stand-in, in a process. */
export async function startStores(folder: string, { database }: Answers): Promise<Stores> {
  if (database === 'sqlite') return { settings: {}, stop: async () => {} };
  const script =
    "const { startPglite } = await import('./test/support/pglite-server.ts');" +
    'console.log((await startPglite()).port);';
  const standIn = execa('node', ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: folder,
    env: userEnvironment(),
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  const [port] = await once(createInterface({ input: standIn.stdout }), 'line');
  return {
    settings: { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` },
    async stop() {
      standIn.kill('SIGKILL');
      await standIn;
    },
  };
}
