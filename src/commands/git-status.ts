import { execa } from 'execa';
import { withoutGit } from '../git-environment.ts';
import { pinned } from '../options/reproduce.ts';

/**
 * Warns where git knows of changes that are not committed, and says how to get back.
 *
 * @param root of the project; where it is in no repository, or git is not there, nothing is said.
 */
export async function warnOfDirtyTree(
  root: string,
  {
    warn,
    env,
    signal,
  }: { warn: (text: string) => void; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<void> {
  // Of a workspace package, only its own: what this writes lies in it.
  const result = await execa('git', ['status', '--porcelain', '--untracked-files=no', '--', '.'], {
    cwd: root,
    env: { ...withoutGit(env), GIT_OPTIONAL_LOCKS: '0' },
    extendEnv: false,
    stdin: 'ignore',
    cancelSignal: signal,
    timeout: 10_000,
    reject: false,
  });
  if (result.failed || result.stdout === '') return;
  warn(
    `There are changes here that are not committed. The way back from this run alone will be:\n  ${pinned('regenerate', '--undo')}`,
  );
}
