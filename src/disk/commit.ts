import {
  copyFileSync,
  constants as fsConstants,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { CancelledError, ConflictError, InternalError } from '../errors.ts';
import { printable } from '../options/printable.ts';
import type { Change } from './changes.ts';
import { explainDiskError, systemCode } from './disk-error.ts';
import {
  closeWorkDirectory,
  type Journal,
  type JournaledFile,
  openWorkDirectory,
  placedPath,
  stagedPath,
  writeJournal,
} from './journal.ts';
import type { Target } from './target.ts';
import { undo } from './undo.ts';

/**
 * Brings changes into the target, all of them or none: stages everything in a work directory on the same file system,
 * then moves it into place. This is the only code that writes into a target.
 *
 * A target that is absent appears whole, by one rename. In one that exists, each entry is moved by itself under a
 * journal, and taken back if anything fails.
 *
 * @param signal aborts the commit; until the last entry is in place, everything is undone.
 * @throws {CancelledError} after `signal`.
 * @throws {ConflictError} when something has appeared in the target meanwhile.
 * @throws {ExplainedError} when the disk refuses.
 */
export async function commit(
  changes: readonly Change[],
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  const { root, prefix } = rootOf(target);
  let workDirectory: string | undefined;
  let journal: Journal | undefined;
  try {
    workDirectory = openWorkDirectory(root, prefix?.split('/')[0]);
    const files = await stage(changes, prefix, workDirectory, signal);
    journal = { format: 1, phase: 'placing', placements: placementsOf(files), files };
    writeJournal(workDirectory, journal);
    await place(workDirectory, journal.placements, signal);
  } catch (error) {
    if (workDirectory !== undefined) undoOrSay(workDirectory, journal);
    throw explainDiskError(error, target.path);
  }
  try {
    closeWorkDirectory(workDirectory);
  } catch {
    // Everything is in place, and that is what counts: the next run clears this away.
  }
}

function undoOrSay(workDirectory: string, journal: Journal | undefined): void {
  try {
    undo(workDirectory, journal);
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

/**
 * The directory that the work directory lies in, and the target's path below it.
 * An absent target is staged beside the topmost directory that is missing, so that one rename brings them all.
 */
function rootOf({ path, anchor }: Target): { root: string; prefix: string | undefined } {
  const prefix = relative(anchor, path).split(sep).join('/');
  return { root: anchor, prefix: prefix === '' ? undefined : prefix };
}

/** Writes every new file below the work directory. */
async function stage(
  changes: readonly Change[],
  prefix: string | undefined,
  workDirectory: string,
  signal: AbortSignal,
): Promise<readonly JournaledFile[]> {
  const files: JournaledFile[] = [];
  const folders = new Set<string>();
  for (const { kind, path, file } of changes) {
    await checkpoint(signal);
    if (kind !== 'create') continue;
    const below = prefix === undefined ? path : `${prefix}/${path}`;
    const staged = stagedPath(workDirectory, below);
    // The synchronous calls: 70 small files through the thread pool take four times as long.
    if (!folders.has(dirname(staged))) mkdirSync(dirname(staged), { recursive: true });
    folders.add(dirname(staged));
    writeFileSync(staged, file.content, { mode: file.mode, flag: 'wx' });
    const { size, mtimeMs } = statSync(staged);
    files.push({ operation: 'create', path: below, size, mtimeMs });
  }
  return files;
}

/**
 * The topmost entries, which were not there when the target was looked at: moving these moves everything. One that has
 * appeared since is a conflict, and found as such.
 */
function placementsOf(files: readonly JournaledFile[]): readonly string[] {
  return [...new Set(files.map(({ path }) => path.split('/')[0] ?? path))];
}

async function place(
  workDirectory: string,
  placements: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const path of placements) {
    await checkpoint(signal);
    const staged = stagedPath(workDirectory, path);
    const placed = placedPath(workDirectory, path);
    try {
      if (lstatSync(staged).isDirectory()) renameSync(staged, placed);
      else moveNewFile(staged, placed);
    } catch (error) {
      throw explainPlacing(error, placed);
    }
  }
}

/** Moves a file to where none may be: a rename would replace what has appeared there. */
function moveNewFile(staged: string, placed: string): void {
  try {
    linkSync(staged, placed);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    // A file system without hard links. The copy keeps the time by which undoing knows it.
    copyFileSync(staged, placed, fsConstants.COPYFILE_EXCL);
    const { atime, mtime } = statSync(staged);
    utimesSync(placed, atime, mtime);
  }
  unlinkSync(staged);
}

function explainPlacing(error: unknown, placed: string): unknown {
  if (!['EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR'].includes(systemCode(error) ?? '')) return error;
  return new ConflictError({
    code: 'target-changed',
    message: `${printable(basename(placed))} has appeared in the target meanwhile; nothing was kept`,
    where: placed,
    mend: 'See who writes there, and run it again.',
    cause: error,
  });
}

/** Lets signals be heard, and stops where one was. */
async function checkpoint(signal: AbortSignal): Promise<void> {
  await turnOfTheLoop();
  if (signal.aborted) throw new CancelledError('Stopped while writing; nothing was kept');
}
