import { mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { removeSync } from 'fs-extra/esm';
import { inject, onTestFinished } from 'vitest';

/** The program as it is shipped. */
export const bin = join(inject('packageFolder'), 'bin', 'create-secure-express.js');

export interface Run {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Arguments of Node.js itself. */
  readonly node?: readonly string[];
  /** Another than the one that is shipped. */
  readonly program?: string;
}

/** Runs the program without a terminal, and with nothing of this machine's settings. */
export async function run(
  cwd: string,
  args: readonly string[],
  { env = {}, node = [], program = bin }: RunOptions = {},
): Promise<Run> {
  const result = await execa(process.execPath, [...node, program, ...args], {
    cwd,
    env: { ...quietEnvironment(cwd), ...env },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    // Longer than any run; a run that hangs must not pass for one that was refused.
    timeout: 30_000,
  });
  if (result.timedOut) throw new Error(`It hangs: ${args.join(' ')}`);
  const { exitCode, signal, stdout, stderr } = result;
  return { exitCode, signal, stdout, stderr };
}

/** An environment in which git and npm find no settings of a person. */
export function quietEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1', TERM: 'xterm-256color' };
}

/** An empty directory that is gone after the test. */
export function sandbox(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'cse-')));
  onTestFinished(() => removeSync(path));
  return path;
}

/** Every path below a directory, sorted. */
export function listing(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true }).map(String).sort();
}

/** Flags for a run that only writes files. */
export const QUIET = ['--yes', '--no-install', '--no-git'] as const;
