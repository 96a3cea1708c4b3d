import { execa } from 'execa';

/** What git knows of a project's secrets; undefined where the project is in no repository, or git is not there. */
export interface Repository {
  isIgnored(path: string): Promise<boolean>;
  /** Whether the next commit has the file. */
  isTracked(path: string): Promise<boolean>;
  /** Whether any commit, on any branch, has had the file, or the next one has. */
  wasCommitted(path: string): Promise<boolean>;
  /** The tracked files that hold any of the texts. */
  filesWith(texts: readonly string[]): Promise<readonly string[]>;
}

/** Opens the repository that a folder lies in. Nothing of the person's set-up is run, and nothing is written. */
export async function openRepository(directory: string): Promise<Repository | undefined> {
  const git = (args: readonly string[], input?: string) =>
    execa('git', ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: directory,
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/.test(name))),
      extendEnv: false,
      // Never on the command line, where other users of the machine could read it.
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      reject: false,
      timeout: 60_000,
    });
  const { exitCode, stdout } = await git(['rev-parse', '--is-inside-work-tree']);
  if (exitCode !== 0 || stdout !== 'true') return undefined;
  const isTracked = async (path: string) =>
    (await git(['ls-files', '--error-unmatch', '--', path])).exitCode === 0;
  return {
    isTracked,
    async isIgnored(path) {
      return (await git(['check-ignore', '--quiet', '--no-index', path])).exitCode === 0;
    },
    async wasCommitted(path) {
      const log = await git(['log', '--all', '--max-count=1', '--format=%h', '--', path]);
      return (log.exitCode === 0 && log.stdout !== '') || isTracked(path);
    },
    async filesWith(texts) {
      if (texts.length === 0) return [];
      const args = ['grep', '--files-with-matches', '--fixed-strings', '-f', '-'];
      const found = await git(args, `${texts.join('\n')}\n`);
      return found.exitCode === 0 ? found.stdout.split('\n').filter(Boolean) : [];
    },
  };
}
