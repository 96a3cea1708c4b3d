import { existsSync, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../sha256.ts';
import { systemCode } from './disk-error.ts';
import { isScratch } from './lock.ts';

/**
 * A commit works in a directory of its own, beside what it brings into being. Having it is having the target: see
 * lock.ts.
 *
 *     .my-api.secure-express-work/     or .secure-express-work/ inside a target that exists
 *       owner.json                     whose it is
 *       journal.json                   what is going on; absent until everything is staged
 *       new/                           what is to be, by its path below the work directory's parent
 *       old/                           what was there, of the files that are replaced or taken away; see formerPath
 */
export interface Journal {
  readonly format: 2;
  /** `placing`: some of it may be in place. `undoing`: some of that may be taken back. */
  readonly phase: 'placing' | 'undoing';
  /** Whether what was there is kept when all is in place, so that it can be brought back. */
  readonly undoable: boolean;
  /** In the order in which they are placed; paths are relative to the work directory's parent. */
  readonly files: readonly JournaledFile[];
}

/** What happens to one file. A file that differs from what the journal says belongs to whoever changed it. */
export type JournaledFile =
  | {
      readonly operation: 'create';
      readonly path: string;
      /** What is moved to bring it: the topmost directory that is missing, or the file itself. */
      readonly placement: string;
      readonly sha256: string;
      /** What somebody adds to it stays. */
      readonly secret?: true;
    }
  | {
      readonly operation: 'update';
      readonly path: string;
      readonly sha256: string;
      readonly before: string;
      /** What was there is kept no longer than the commit takes. */
      readonly secret?: true;
    }
  | { readonly operation: 'delete'; readonly path: string; readonly before: string };

const WORK_DIRECTORY = /^\.(.+\.)?secure-express-work(\.[\da-f]{16}|\.unknown)*$/;

/** Whether `name` is one that a commit gives to a directory of its own. */
export function isWorkDirectory(name: string): boolean {
  const bare = name.replace(/\/$/, '');
  return WORK_DIRECTORY.test(bare) || isScratch(bare);
}

/**
 * Where the work directory is.
 *
 * @param parent where it lies; what is staged in it will be moved to here.
 * @param target the entry of `parent` that will come into being; undefined where `parent` is itself the target.
 */
export function workDirectoryOf(parent: string, target?: string): string {
  return join(parent, `.${target === undefined ? '' : `${target}.`}secure-express-work`);
}

/** Where a path of the journal is staged. */
export function stagedPath(workDirectory: string, path: string): string {
  return join(workDirectory, 'new', path);
}

/**
 * Where what was there before is kept. By its own name, test runners and linters would take it for a part of the
 * project for as long as there is a way back.
 */
export function formerPath(workDirectory: string, path: string): string {
  return join(workDirectory, 'old', sha256(path));
}

/** Where a path of the journal belongs. */
export function placedPath(workDirectory: string, path: string): string {
  return join(dirname(workDirectory), path);
}

/** What is moved out of `new/`, file or directory. */
export function placementsOf(files: readonly JournaledFile[]): readonly string[] {
  return [
    ...new Set(files.flatMap((file) => (file.operation === 'create' ? [file.placement] : []))),
  ];
}

/** Whether everything that the journal says is in place, so that the work directory is all that is left of the commit. */
export function isComplete(workDirectory: string, { phase, files }: Journal): boolean {
  if (phase !== 'placing') return false;
  const isStaged = (path: string) => isThere(stagedPath(workDirectory, path));
  return (
    !placementsOf(files).some(isStaged) &&
    files.every((file) => {
      if (file.operation === 'update') return !isStaged(file.path);
      return file.operation === 'create' || isThere(formerPath(workDirectory, file.path));
    })
  );
}

/** Writes the journal in one step: a reader finds the old one or the new one, never half of one. */
export function writeJournal(workDirectory: string, journal: Journal): void {
  const path = join(workDirectory, 'journal.json');
  writeFileSync(`${path}.next`, JSON.stringify(journal));
  renameSync(`${path}.next`, path);
}

/** @returns undefined where the run was killed before it wrote one, so nothing had left the work directory. */
export function readJournal(workDirectory: string): Journal | undefined {
  const path = join(workDirectory, 'journal.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Whether there is anything at a path, be it a symbolic link to nothing. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
