import { chmodSync, lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import {
  CancelledError,
  ConflictError,
  type ExplainedError,
  InputError,
  InternalError,
} from '../errors.ts';
import { printable } from '../options/printable.ts';
import { sha256 } from '../sha256.ts';
import type { Change } from './changes.ts';
import { explainDiskError } from './disk-error.ts';
import {
  isThere,
  isWorkDirectory,
  type Journal,
  type JournaledFile,
  placedPath,
  placementsOf,
  stagedPath,
  workDirectoryOf,
  writeJournal,
} from './journal.ts';
import { acquire, release } from './lock.ts';
import type { Owner } from './owner.ts';
import { checkUnchanged, placeNew, placeOver } from './place.ts';
import type { Place } from './target.ts';
import { finish, recover, undo } from './undo.ts';

/**
 * Brings changes into the target, all of them or none: stages everything in a work directory on the same file system,
 * then moves it into place under a journal, and takes it back if anything fails. This is the only code that writes into
 * a target, and only one run at a time does: having the work directory is having the target.
 *
 * A target that is absent appears whole, by one rename. So does each directory that is missing.
 *
 * @param changes none of them a `conflict`.
 * @param signal aborts the commit; until the last entry is in place, everything is undone.
 * @param options `undoable` keeps what was there, for `planWayBack`.
 * @throws {CancelledError} after `signal`.
 * @throws {ConflictError} when another run is at work there, or the target is not what it was when this was planned.
 * @throws {ExplainedError} when the disk refuses.
 */
export async function commit(
  changes: readonly Change[],
  target: Place,
  signal: AbortSignal,
  { undoable = false }: { readonly undoable?: boolean } = {},
): Promise<void> {
  const { root, prefix } = rootOf(target);
  const workDirectory = workDirectoryOf(root, prefix?.split('/')[0]);
  let journal: Journal | undefined;
  const holder = explaining(target, () => acquire(workDirectory, recover));
  if (holder !== undefined) throw busy(holder, target.path);
  try {
    const files = await stage(changes, { root, prefix, workDirectory }, signal);
    journal = { format: 2, phase: 'placing', undoable, files };
    writeJournal(workDirectory, journal);
    await place(workDirectory, journal, signal);
  } catch (error) {
    undoOrSay(workDirectory, journal);
    throw explained(error, target);
  }
  try {
    finish(workDirectory, journal);
  } catch {
    // Everything is in place, and that is what counts: the next run clears this away.
  }
}

/** @returns the error to throw when another run is at work in a target. */
export function busy({ pid, host }: Owner, where: string): ConflictError {
  return new ConflictError({
    code: 'busy',
    message: `Another run of this program is at work there (process ${pid} on ${printable(host)})`,
    where,
    mend: 'Wait until it is done, and run this again.',
  });
}

function undoOrSay(workDirectory: string, journal: Journal | undefined): void {
  try {
    undo(workDirectory, journal);
    release(workDirectory);
  } catch (cause) {
    throw new InternalError({
      code: 'not-undone',
      message: `What was written could not be taken back: ${printable(String(cause))}`,
      where: workDirectory,
      mend: 'Run the same command again: it takes up from the journal there.',
      cause,
    });
  }
}

function explaining<Result>(target: Place, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw explained(error, target);
  }
}

/** Names the file that was refused, unless it is one of our own. */
function explained(error: unknown, { path, anchor }: Place): ExplainedError {
  const { dest, path: from } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const place = [dest, from].find(
    (one) => one !== undefined && !one.split(sep).some(isWorkDirectory),
  );
  return explainDiskError(error, place ?? path, path === anchor);
}

interface Workshop {
  /** The directory that the work directory lies in. */
  readonly root: string;
  /** The target's path below it; undefined where it is the target. */
  readonly prefix: string | undefined;
  readonly workDirectory: string;
}

/** An absent target is staged beside the topmost directory that is missing, so that one rename brings them all. */
function rootOf({ path, anchor }: Place): Omit<Workshop, 'workDirectory'> {
  const prefix = relative(anchor, path).split(sep).join('/');
  return { root: anchor, prefix: prefix === '' ? undefined : prefix };
}

/** Writes every new file below the work directory, and checks that the others may be replaced. */
async function stage(
  changes: readonly Change[],
  { root, prefix, workDirectory }: Workshop,
  signal: AbortSignal,
): Promise<readonly JournaledFile[]> {
  const files: JournaledFile[] = [];
  const folders = new Set<string>();
  const topmostMissing = missingFinder(root, prefix);
  for (const change of changes) {
    await checkpoint(signal);
    const path = prefix === undefined ? change.path : `${prefix}/${change.path}`;
    switch (change.kind) {
      case 'keep':
      case 'unchanged':
        continue;
      case 'conflict':
        throw new Error(`a conflict in ${path} was left to the commit`);
      case 'delete':
        topmostMissing(path);
        checkUnchanged(placedPath(workDirectory, path), change.before);
        files.push({ operation: 'delete', path, before: change.before });
        continue;
    }
    const placement = topmostMissing(path);
    const staged = stagedPath(workDirectory, path);
    // The synchronous calls: 70 small files through the thread pool take four times as long.
    if (!folders.has(dirname(staged))) mkdirSync(dirname(staged), { recursive: true });
    folders.add(dirname(staged));
    const hash = sha256(change.file.content);
    let { mode } = change.file;
    const secret = change.file.secret === true && { secret: true as const };
    if (change.kind === 'create') {
      files.push({ operation: 'create', path, placement, sha256: hash, ...secret });
    } else {
      const placed = placedPath(workDirectory, path);
      checkUnchanged(placed, change.before);
      mode = lstatSync(placed).mode & 0o777;
      const { before } = change;
      files.push({ operation: 'update', path, sha256: hash, before, ...secret });
    }
    writeFileSync(staged, change.file.content, { mode, flag: 'wx' });
    // What is replaced keeps its mode, whatever is masked out of that of new files.
    if (change.kind !== 'create') chmodSync(staged, mode);
  }
  return files;
}

/**
 * @returns what finds the topmost part of a path that is not there, or the whole path where all of it is; it refuses a
 *   path that leads out of `root`. An absent target is missing, whatever has appeared in its place since.
 */
function missingFinder(root: string, prefix: string | undefined): (path: string) => string {
  const existing = new Set<string>();
  if (prefix !== undefined) return (path) => path.split('/')[0] ?? path;
  return (path) => {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; depth++) {
      const above = names.slice(0, depth).join('/');
      if (existing.has(above)) continue;
      if (!isThere(join(root, above))) return above;
      const inside = relative(root, realpathSync(join(root, above)));
      if (isAbsolute(inside) || inside.split(sep)[0] === '..') throw leadsOut(above);
      existing.add(above);
    }
    return path;
  };
}

function leadsOut(path: string): InputError {
  return new InputError({
    code: 'symlink',
    message: `${printable(path)} is a symbolic link that leads out of the project; nothing was written`,
    where: path,
    mend: 'Put a directory in its place: what lies elsewhere is not written to.',
  });
}

/** What is new first, so that what is replaced finds it; what goes last. */
async function place(
  workDirectory: string,
  { files }: Journal,
  signal: AbortSignal,
): Promise<void> {
  for (const path of placementsOf(files)) {
    await checkpoint(signal);
    placeNew(workDirectory, path);
  }
  for (const operation of ['update', 'delete'] as const) {
    for (const file of files) {
      if (file.operation !== operation) continue;
      await checkpoint(signal);
      placeOver(workDirectory, file);
    }
  }
}

/** Lets signals be heard, and stops where one was. */
async function checkpoint(signal: AbortSignal): Promise<void> {
  await turnOfTheLoop();
  if (signal.aborted) throw new CancelledError('Stopped while writing; nothing was kept');
}
