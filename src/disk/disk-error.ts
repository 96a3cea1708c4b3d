import { ExplainedError, InputError, InternalError } from '../errors.ts';
import { printable } from '../options/printable.ts';

const NOT_WRITABLE = [
  'not-writable',
  'may not be written to',
  'Choose a directory of your own.',
  'Give yourself the right to write there, or run this as its owner.',
] as const;

/** What the system's refusals mean to a person, and what to do about them: where one can choose, and where one cannot. */
const REFUSALS: {
  readonly [code: string]: readonly [code: string, problem: string, mend: string, there?: string];
} = {
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: [
    'read-only',
    'is on a read-only file system',
    'Choose a directory elsewhere.',
    'Make that writable, and run it again.',
  ],
  ENOSPC: ['disk-full', 'is on a disk that is full', 'Make room, and run it again.'],
  EDQUOT: ['disk-full', 'is over your quota of the disk', 'Make room, and run it again.'],
  ENOTDIR: [
    'not-a-directory',
    'leads through a file',
    'Choose another directory.',
    'Move that file away, and run it again.',
  ],
  ELOOP: [
    'symlink',
    'leads through symbolic links in a circle',
    'Choose another directory.',
    'Put a directory in their place, and run it again.',
  ],
  ENAMETOOLONG: ['name-too-long', 'is longer than the file system takes', 'Shorten the name.'],
};

/** The system's name for what went wrong, such as `ENOENT`; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Explains a failure of the disk.
 *
 * @param path what we were about to write.
 * @param isThere whether it is a person's own already, and so not to be put elsewhere.
 * @returns an `InputError` where another target would help, an `InternalError` otherwise; an explained error as it is.
 */
export function explainDiskError(error: unknown, path: string, isThere = false): ExplainedError {
  if (error instanceof ExplainedError) return error;
  const known = REFUSALS[systemCode(error) ?? ''];
  if (known !== undefined) {
    const [code, problem, elsewhere, there = elsewhere] = known;
    const mend = isThere ? there : elsewhere;
    const message = `${printable(path)} ${problem}; nothing was written`;
    return new InputError({ code, message, where: path, mend, cause: error });
  }
  return new InternalError({
    code: 'disk',
    message: `Writing ${printable(path)} failed; nothing was kept: ${printable(String(error))}`,
    where: path,
    mend: 'Run it again; if it fails again, report it with this message.',
    cause: error,
  });
}
