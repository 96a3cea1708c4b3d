import { accessSync, constants, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ConflictError, InputError } from '../errors.ts';
import { checkDirectoryName } from '../options/kinds/name.ts';
import { printable } from '../options/printable.ts';
import { explainDiskError } from './disk-error.ts';
import { isWorkDirectory } from './journal.ts';

/** Where a project goes. */
export interface Place {
  /** Absolute, with symbolic links resolved. */
  readonly path: string;
  /** The nearest directory that exists: the path itself, or one above it. */
  readonly anchor: string;
}

/** The same as it is now. */
export interface Target extends Place {
  /** What is in the target and stays as it is; undefined when the target does not exist. */
  readonly existing: readonly string[] | undefined;
}

/** What may be in a target: a repository, its licence and readme, and what file managers leave behind. */
const WELCOME = /^(\.git|(licen[cs]e|copying|readme)([._-][^/]*)?|\.DS_Store|Thumbs\.db)$/i;

/**
 * The directory that all targets of a run lie in.
 *
 * @param cwd absolute.
 * @returns the same with symbolic links resolved.
 * @throws {InputError} when it is no directory.
 */
export function resolveBase(cwd: string): string {
  try {
    const path = realpathSync(cwd);
    if (statSync(path).isDirectory()) return path;
  } catch {
    // Told below, like a file.
  }
  throw new InputError({
    code: 'bad-cwd',
    message: `${printable(cwd)} is no directory`,
    where: '--cwd',
    mend: 'Give --cwd a directory that exists.',
  });
}

/**
 * Finds the place that a person named; looks at the disk, and changes nothing.
 *
 * @param base of `resolveBase`; a place outside it is refused.
 * @param directory as it was given: a name, a path below `base`, or `.`.
 * @throws {InputError} when the path cannot be used.
 */
export function locateTarget(base: string, directory: string): Place {
  let anchor = base;
  const missing: string[] = [];
  for (const name of namesBelow(base, directory)) {
    const next = join(anchor, name);
    if (missing.length === 0 && exists(next)) anchor = enter(base, next, directory);
    else missing.push(name);
  }
  checkWritable(anchor, directory);
  return { path: join(anchor, ...missing), anchor };
}

/**
 * Looks at what is in a target.
 *
 * @param directory as it was given, for the error.
 * @throws {ConflictError} when the target holds anything but a repository, a licence or a readme.
 */
export function inspectTarget({ path, anchor }: Place, directory: string): Target {
  return { path, anchor, existing: path === anchor ? checkWelcome(path, directory) : undefined };
}

function namesBelow(base: string, directory: string): readonly string[] {
  if (directory === '') {
    throw new InputError({
      code: 'empty-directory',
      message: 'The directory is an empty text',
      where: '[directory]',
      mend: 'Give a name like my-api, or . for the directory that you are in.',
    });
  }
  const below = isAbsolute(directory) ? relative(base, directory) || '.' : directory;
  const names = below
    .split(sep === '\\' ? /[\\/]/ : '/')
    .filter((name) => !['', '.'].includes(name));
  if (isAbsolute(below) || names.includes('..')) {
    throw new InputError({
      code: 'outside',
      message: `${printable(directory)} is not inside ${printable(base)}`,
      where: '[directory]',
      mend: 'To write elsewhere, give --cwd the directory to start from, and a name in it.',
    });
  }
  for (const name of names) checkDirectoryName(name, '[directory]');
  return names;
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw explainDiskError(error, path);
  }
}

/** Follows one name that exists, as long as that does not leave `base`. */
function enter(base: string, path: string, directory: string): string {
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    throw symlinkError(directory, 'leads through a symbolic link to nothing');
  }
  const inside = relative(base, real);
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') {
    throw symlinkError(directory, `leads through a symbolic link out of ${printable(base)}`);
  }
  if (statSync(real).isDirectory()) return real;
  throw new InputError({
    code: 'not-a-directory',
    message: `${printable(directory)} leads to a file, not to a directory`,
    where: '[directory]',
    mend: 'Choose another name, or move the file away.',
  });
}

function symlinkError(directory: string, problem: string): InputError {
  return new InputError({
    code: 'symlink',
    message: `${printable(directory)} ${problem}`,
    where: '[directory]',
    mend: 'Name the real directory, with --cwd where it lies elsewhere.',
  });
}

function checkWritable(anchor: string, directory: string): void {
  try {
    accessSync(anchor, constants.W_OK);
  } catch (error) {
    throw explainDiskError(error, directory);
  }
}

function checkWelcome(path: string, directory: string): readonly string[] {
  let entries: readonly string[];
  try {
    entries = readdirSync(path, { withFileTypes: true })
      // A readme is a file; a directory of that name holds who knows what.
      .map((entry) =>
        entry.isDirectory() && entry.name !== '.git' ? `${entry.name}/` : entry.name,
      )
      .filter((name) => !isWorkDirectory(name));
  } catch (error) {
    throw explainDiskError(error, directory);
  }
  const foreign = entries.filter((name) => !WELCOME.test(name));
  if (foreign.length === 0) return entries;
  const shown = foreign.slice(0, 3).map(printable).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  throw new ConflictError({
    code: 'target-not-empty',
    message: `${printable(directory)} is not empty: it holds ${shown}${more}`,
    where: '[directory]',
    mend: 'Choose another directory, or move those away; only .git, a licence and a readme may stay.',
  });
}
