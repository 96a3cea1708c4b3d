import {
  accessSync,
  copyFileSync,
  constants as fsConstants,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { ConflictError } from '../errors.ts';
import { printable } from '../options/printable.ts';
import { sha256 } from '../sha256.ts';
import { explainDiskError, systemCode } from './disk-error.ts';
import { formerPath, isThere, type JournaledFile, placedPath, stagedPath } from './journal.ts';

/**
 * Moves what is staged to where nothing may be: a file, or a whole directory.
 *
 * @throws {ConflictError} when something has appeared there.
 */
export function placeNew(workDirectory: string, path: string): void {
  const staged = stagedPath(workDirectory, path);
  const placed = placedPath(workDirectory, path);
  try {
    if (lstatSync(staged).isDirectory()) renameSync(staged, placed);
    else moveNewFile(staged, placed);
  } catch (error) {
    const taken = ['EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR'];
    if (!taken.includes(systemCode(error) ?? '')) throw error;
    throw new ConflictError({
      code: 'target-changed',
      message: `${printable(basename(placed))} has appeared in the target meanwhile; nothing was kept`,
      where: placed,
      mend: 'See who writes there, and run it again.',
      cause: error,
    });
  }
}

/**
 * Replaces a file by what is staged for it, or takes it away, and keeps what was there.
 *
 * @throws {ConflictError} when it is not what it was when that was decided.
 */
export function placeOver(
  workDirectory: string,
  file: Exclude<JournaledFile, { operation: 'create' }>,
): void {
  const placed = placedPath(workDirectory, file.path);
  const former = formerPath(workDirectory, file.path);
  mkdirSync(dirname(former), { recursive: true });
  checkUnchanged(placed, file.before);
  if (file.operation === 'delete') {
    renameSync(placed, former);
  } else {
    keepCopy(placed, former);
    renameSync(stagedPath(workDirectory, file.path), placed);
  }
}

/**
 * Checks that a file may be replaced or taken away, and is what it is thought to be.
 *
 * @param before SHA-256 of its content.
 * @throws {ConflictError} when it is not.
 */
export function checkUnchanged(path: string, before: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile()) {
    try {
      // A rename would replace even what its owner has made read-only.
      accessSync(path, fsConstants.W_OK);
      if (sha256(readFileSync(path)) === before) return;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw explainDiskError(error, path, true);
    }
  }
  throw new ConflictError({
    code: 'target-changed',
    message: `${printable(basename(path))} ${isThere(path) ? 'was changed' : 'has vanished'} meanwhile; nothing was kept`,
    where: path,
    mend: 'See who writes there, and run it again.',
  });
}

/** Moves a file to where none may be: a rename alone would replace what has appeared there. */
export function moveNewFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!LINKLESS.has(systemCode(error) ?? '')) throw error;
    // Without hard links the rename has to do. A copy would not be the file that undoing knows.
    if (isThere(to)) throw Object.assign(new Error('It exists'), { code: 'EEXIST' });
    renameSync(from, to);
    return;
  }
  unlinkSync(from);
}

/** A second name for the same file; a copy where the file system has no hard links. */
function keepCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!LINKLESS.has(systemCode(error) ?? '')) throw error;
    copyFileSync(from, to);
  }
}

const LINKLESS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES']);
