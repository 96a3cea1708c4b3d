import { existsSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  abandonedWorkDirectories,
  closeWorkDirectory,
  type Journal,
  type JournaledFile,
  placedPath,
  readJournal,
  stagedPath,
} from './journal.ts';

/**
 * Takes back what a commit has placed, and its work directory. A file that someone has changed since stays, and so does
 * its directory.
 *
 * @param journal undefined where the commit did not come as far as to write one.
 */
export function undo(workDirectory: string, journal: Journal | undefined): void {
  if (journal?.phase === 'placing') {
    for (const file of journal.files) removeOurs(workDirectory, file);
    for (const directory of directoriesOf(journal)) {
      removeEmpty(placedPath(workDirectory, directory));
    }
  }
  closeWorkDirectory(workDirectory);
}

/**
 * Finds what runs that were killed left of a target.
 *
 * @param base the directory that all targets lie in; work directories are looked for from here down to the target.
 * @param target absolute, inside `base`; it need not exist.
 */
export function findAbandoned(base: string, target: string): readonly string[] {
  const found = existsSync(target) ? [...abandonedWorkDirectories(target)] : [];
  for (let path = target; path !== base && path !== dirname(path); path = dirname(path)) {
    const parent = dirname(path);
    if (existsSync(parent)) found.push(...abandonedWorkDirectories(parent, basename(path)));
  }
  return found;
}

/** Puts right what a killed run left: what it had placed whole stays, anything less is undone. */
export function recover(workDirectory: string): void {
  const journal = readJournal(workDirectory);
  if (journal !== undefined && isComplete(workDirectory, journal))
    closeWorkDirectory(workDirectory);
  else undo(workDirectory, journal);
}

function isComplete(workDirectory: string, { phase, placements }: Journal): boolean {
  return (
    phase === 'placing' && !placements.some((path) => existsSync(stagedPath(workDirectory, path)))
  );
}

function removeOurs(workDirectory: string, { path, size, mtimeMs }: JournaledFile): void {
  const placed = placedPath(workDirectory, path);
  const now = lstatSync(placed, { throwIfNoEntry: false });
  // Copies carry the time over in whole milliseconds only.
  const untouched = now?.isFile() && now.size === size && Math.abs(now.mtimeMs - mtimeMs) < 2;
  if (untouched) unlinkSync(placed);
}

/** The directories that the placements brought, the deepest first. */
function directoriesOf({ placements, files }: Journal): readonly string[] {
  const directories = new Set<string>();
  for (const placement of placements) {
    for (const { path } of files) {
      if (!path.startsWith(`${placement}/`)) continue;
      for (let up = dirname(path); up !== placement; up = dirname(up)) directories.add(up);
      directories.add(placement);
    }
  }
  return [...directories].sort((a, b) => b.length - a.length);
}

function removeEmpty(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length === 0) rmdirSync(directory);
}
