import { execa } from 'execa';
import { withoutGit } from '../git-environment.ts';
import { NotKnown } from './not-known.ts';

/** What git knows of a project's secrets. */
export interface Repository {
  isIgnored(path: string): Promise<boolean | NotKnown>;
  /** Whether the next commit has the file. */
  isTracked(path: string): Promise<boolean | NotKnown>;
  /** Whether any commit, on any branch, has had the file, or the next one has. */
  wasCommitted(path: string): Promise<boolean | NotKnown>;
  /** The tracked files that hold any of the texts, wherever in the repository. */
  filesWith(texts: readonly string[]): Promise<readonly string[] | NotKnown>;
}

/**
 * Opens the repository that a folder lies in. Nothing of the person's set-up is run, and nothing is written.
 *
 * @returns undefined where the folder is in no repository, or git is not there
 */
export async function openRepository(
  directory: string,
): Promise<Repository | NotKnown | undefined> {
  const git = async (args: readonly string[], input?: string) => {
    const result = await execa(
      'git',
      ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args],
      {
        cwd: directory,
        env: { ...withoutGit(process.env), LC_ALL: 'C' },
        extendEnv: false,
        // Never on the command line, where other users of the machine could read it.
        ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
        reject: false,
        timeout: 60_000,
      },
    );
    const [said = ''] = result.stderr.split('\n');
    const unknown = new NotKnown(said || (result.shortMessage ?? ''));
    return { ...result, unknown };
  };
  const opened = await git(['rev-parse', '--is-inside-work-tree']);
  if (opened.code === 'ENOENT' || /not a git repository/.test(opened.stderr)) return undefined;
  if (opened.exitCode !== 0) return opened.unknown;
  if (opened.stdout !== 'true') return undefined;
  const isTracked = async (path: string) => {
    const { exitCode, stdout, unknown } = await git(['ls-files', '--', path]);
    return exitCode === 0 ? stdout !== '' : unknown;
  };
  return {
    isTracked,
    async isIgnored(path) {
      const { exitCode, unknown } = await git(['check-ignore', '--quiet', '--no-index', path]);
      return exitCode === 0 || exitCode === 1 ? exitCode === 0 : unknown;
    },
    async wasCommitted(path) {
      const log = await git(['log', '--all', '--max-count=1', '--format=%h', '--', path]);
      if (log.stdout !== '') return true;
      const tracked = await isTracked(path);
      return tracked === false && log.exitCode !== 0 ? log.unknown : tracked;
    },
    async filesWith(texts) {
      if (texts.length === 0) return [];
      const args = ['grep', '--files-with-matches', '-z', '--fixed-strings', '-f', '-', '--', ':/'];
      const { exitCode, stdout, unknown } = await git(args, `${texts.join('\n')}\n`);
      if (exitCode === 0) return stdout.split('\0').filter(Boolean);
      return exitCode === 1 ? [] : unknown;
    },
  };
}
