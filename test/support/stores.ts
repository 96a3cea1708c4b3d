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

/** Starts what a project's tests take for the stores that it needs: its own stand-ins, in a process. */
export async function startStores(
  folder: string,
  { database, sessionStore }: Answers,
): Promise<Stores> {
  const starts = [
    ...(database === 'postgres' ? [STAND_INS.postgres] : []),
    ...(sessionStore === 'redis' ? [STAND_INS.redis] : []),
  ];
  if (starts.length === 0) return { settings: {}, stop: async () => {} };
  const script = `console.log(JSON.stringify(Object.assign({}, ${starts.join(', ')})));`;
  const standIn = execa('node', ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: folder,
    env: userEnvironment(),
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  const said = once(createInterface({ input: standIn.stdout }), 'line');
  const failed = standIn.then(({ stderr }) => Promise.reject(new Error(stderr)));
  const [settings] = await Promise.race([said, failed]);
  return {
    settings: JSON.parse(settings),
    async stop() {
      failed.catch(() => {});
      standIn.kill('SIGKILL');
      await standIn;
    },
  };
}

/** What starts a stand-in and gives the setting that leads to it. */
const STAND_INS = {
  postgres: `await import('./test/support/pglite-server.ts')
    .then(({ startPglite }) => startPglite())
    .then(({ port }) => ({ DATABASE_URL: 'postgres://postgres@127.0.0.1:' + port + '/postgres' }))`,
  redis: `await import('./test/support/redis-stand-in.ts')
    .then(({ startRedisStandIn }) => startRedisStandIn())
    .then(({ port }) => ({ REDIS_URL: 'redis://127.0.0.1:' + port }))`,
};
