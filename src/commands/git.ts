import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { outputFileSync } from 'fs-extra/esm';
import { withoutGit } from '../git-environment.ts';
import type { Outcome, Workplace } from './afterwards.ts';
import { FIRST_COMMIT, GIT_BY_HAND } from './by-hand.ts';

/** Nothing of the person's own set-up may run, sign or fill in: the first commit must work on every machine. */
const HARDENED = [
  'core.hooksPath=/dev/null',
  'commit.gpgsign=false',
  'init.templateDir=',
  'core.fsmonitor=false',
  'core.autocrlf=false',
];

const FALLBACK_IDENTITY = ['user.name=create-secure-express', 'user.email=noreply@localhost'];

/**
 * Makes a repository with a first commit, unless the project lies in a repository already.
 *
 * @param secrets paths that are never committed, whatever the project's `.gitignore` says.
 * @returns how it went; it does not throw.
 */
export async function firstCommit(
  secrets: readonly string[],
  { directory, env, signal }: Workplace,
): Promise<Outcome> {
  const repository = repositoryAround(directory);
  if (repository !== undefined) {
    const note =
      repository === directory
        ? 'it is a git repository already'
        : 'it lies inside a git repository';
    return { status: 'skipped', command: 'git add --all && git commit', note };
  }

  const settings = [...HARDENED];
  const git = (...args: readonly string[]) =>
    execa('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: directory,
      env: withoutGit(env),
      extendEnv: false,
      stdin: 'ignore',
      cancelSignal: signal,
      timeout: 60_000,
    });

  try {
    if (!(await isSet(git, 'init.defaultBranch'))) settings.push('init.defaultBranch=main');
    await git('init', '--quiet');
    // Asked inside the repository: people set their name for some directories only.
    const anonymous = !(await isSet(git, 'user.name')) || !(await isSet(git, 'user.email'));
    if (anonymous) settings.push(...FALLBACK_IDENTITY);
    excludeForGood(directory, secrets);
    await git('add', '--all');
    await git('commit', '--quiet', '--no-verify', '--message', FIRST_COMMIT);
    return {
      status: 'done',
      command: GIT_BY_HAND,
      ...(anonymous && {
        note: 'git knows no name of yours: set user.name and user.email, then git commit --amend --reset-author',
      }),
    };
  } catch (error) {
    return { status: 'failed', command: GIT_BY_HAND, note: reasonOf(error, signal) };
  }
}

/** Keeps paths out of the repository even when its `.gitignore` is changed. */
function excludeForGood(directory: string, paths: readonly string[]): void {
  const exclude = join(directory, '.git', 'info', 'exclude');
  outputFileSync(exclude, paths.map((path) => `/${path}\n`).join(''));
}

/** The directory at or above `directory` that is a repository; looked for without git, which may refuse to say. */
function repositoryAround(directory: string): string | undefined {
  for (let path = directory; ; path = dirname(path)) {
    if (existsSync(join(path, '.git'))) return path;
    if (path === dirname(path)) return undefined;
  }
}

type Git = (...args: readonly string[]) => Promise<unknown>;

async function isSet(git: Git, setting: string): Promise<boolean> {
  try {
    await git('config', '--get', setting);
    return true;
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error && error.exitCode === 1) return false;
    throw error;
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it was stopped';
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'git is not installed';
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return said.split('\n').at(-1) || error.message.split('\n')[0] || 'git failed';
}
