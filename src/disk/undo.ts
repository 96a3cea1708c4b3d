import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { sha256 } from '../sha256.ts';
import {
  formerPath,
  isComplete,
  isThere,
  type Journal,
  type JournaledFile,
  placedPath,
  placementsOf,
  readJournal,
  stagedPath,
  workDirectoryOf,
  writeJournal,
} from './journal.ts';
import { release, removeScratch, settleDead } from './lock.ts';
import type { Owner } from './owner.ts';
import { moveNewFile } from './place.ts';
import { retain } from './way-back.ts';

/**
 * Takes back what a commit has placed. A file that someone has changed since stays, and so does its directory; what it
 * replaced is laid beside it.
 *
 * @param journal undefined where the commit did not come as far as to write one.
 */
export function undo(workDirectory: string, journal: Journal | undefined): void {
  if (journal === undefined) return;
  // A run that is killed from here on must not take the rest for a commit that came to its end.
  if (journal.phase !== 'undoing') writeJournal(workDirectory, { ...journal, phase: 'undoing' });
  for (const file of [...journal.files].reverse()) {
    if (file.operation === 'create') removeOurs(workDirectory, file);
    if (file.operation === 'update') putBack(workDirectory, file);
    if (file.operation === 'delete') bringBack(workDirectory, file);
  }
  for (const directory of directoriesBrought(journal)) {
    removeEmpty(placedPath(workDirectory, directory));
  }
}

/**
 * Puts right what killed runs left of a target.
 *
 * @param base the directory that all targets lie in; it is looked for from here down to the target.
 * @param target absolute, inside `base`; it need not exist.
 * @returns a run that is at work there, which nothing was done about.
 */
export function recoverTarget(base: string, target: string): Owner | undefined {
  for (const { parent, name } of workPlaces(base, target)) {
    if (!existsSync(parent)) continue;
    removeScratch(parent);
    const busy = settleDead(workDirectoryOf(parent, name), recover);
    if (busy !== undefined) return busy;
  }
  return undefined;
}

/** Where a commit to `target` may have worked: in it, or beside it or one of the directories that it lies in. */
function* workPlaces(base: string, target: string): Iterable<{ parent: string; name?: string }> {
  yield { parent: target };
  for (let path = target; path !== base && path !== dirname(path); path = dirname(path)) {
    yield { parent: dirname(path), name: basename(path) };
  }
}

/** Puts right what a killed run left: what it had placed whole stays, anything less is undone. */
export function recover(workDirectory: string): void {
  const journal = readJournal(workDirectory);
  if (journal !== undefined && isComplete(workDirectory, journal)) {
    finish(workDirectory, journal);
  } else {
    undo(workDirectory, journal);
    release(workDirectory);
  }
}

/** What is left to do when everything is in place; the work directory is gone after that. */
export function finish(workDirectory: string, { files, undoable }: Journal): void {
  const deleted = files.filter(({ operation }) => operation === 'delete');
  for (const directory of parentsOf(deleted)) removeEmpty(placedPath(workDirectory, directory));
  if (undoable) retain(workDirectory, files);
  else release(workDirectory);
}

type Created = Extract<JournaledFile, { operation: 'create' }>;
type Updated = Extract<JournaledFile, { operation: 'update' }>;
type Deleted = Extract<JournaledFile, { operation: 'delete' }>;

function removeOurs(workDirectory: string, file: Created): void {
  const placed = placedPath(workDirectory, file.path);
  if (wasPlaced(workDirectory, file.path) && isOurs(placed, file.sha256)) unlinkSync(placed);
}

/** Whether what was staged is what is in place: it has left `new/`, or is on the way and has both names. */
function wasPlaced(workDirectory: string, path: string): boolean {
  const staged = lstatSync(stagedPath(workDirectory, path), LARGE);
  const placed = lstatSync(placedPath(workDirectory, path), LARGE);
  return staged === undefined || (staged.ino === placed?.ino && staged.dev === placed.dev);
}

function isOurs(path: string, hash: string): boolean {
  return (
    lstatSync(path, { throwIfNoEntry: false })?.isFile() === true &&
    sha256(readFileSync(path)) === hash
  );
}

function putBack(workDirectory: string, { path, sha256: hash }: Updated): void {
  const former = formerPath(workDirectory, path);
  if (isThere(stagedPath(workDirectory, path)) || !isThere(former)) return;
  const placed = placedPath(workDirectory, path);
  if (isOurs(placed, hash)) renameSync(former, placed);
  else lay(former, placed);
}

function bringBack(workDirectory: string, { path }: Deleted): void {
  const former = formerPath(workDirectory, path);
  if (isThere(former)) lay(former, placedPath(workDirectory, path));
}

/** Puts what was there back to its place, or beside it where somebody has put something else there meanwhile. */
function lay(former: string, placed: string): void {
  mkdirSync(dirname(placed), { recursive: true });
  let to = placed;
  for (let number = 1; isThere(to); number++) to = `${placed}.before-${number}`;
  moveNewFile(former, to);
}

/** The directories that the placements brought, the deepest first. */
function directoriesBrought({ files }: Journal): readonly string[] {
  const placements = placementsOf(files);
  return parentsOf(files).filter((directory) =>
    placements.some((path) => directory === path || directory.startsWith(`${path}/`)),
  );
}

/** The directories that files lie in, the deepest first. */
function parentsOf(files: readonly JournaledFile[]): readonly string[] {
  const directories = new Set<string>();
  for (const { path } of files) {
    for (let up = dirname(path); up !== '.'; up = dirname(up)) directories.add(up);
  }
  return [...directories].sort((a, b) => b.length - a.length);
}

function removeEmpty(directory: string): void {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (stats?.isDirectory() && readdirSync(directory).length === 0) rmdirSync(directory);
}

/** Numbers of files may be larger than what a double holds. */
const LARGE = { bigint: true, throwIfNoEntry: false } as const;
