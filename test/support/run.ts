import { execa } from 'execa';

/** How a program ended, and what it said. */
export interface Ending {
  readonly exitCode: number | undefined;
  readonly output: string;
}

/** Runs a program as a user would at a prompt: without what this test run has put into the environment. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const { exitCode, all } = await execa(command, args, {
    cwd,
    env: { ...userEnvironment(), ...env },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  return { exitCode, output: all };
}

/** The environment without the variables of npm's scripts, of Vitest and of Vite, and without colours. */
export function userEnvironment(): Record<string, string | undefined> {
  const ours =
    /^(?:npm_(?:lifecycle|package|node|command|execpath)|VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/;
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(theirs), NO_COLOR: '1' };
}
