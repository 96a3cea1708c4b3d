import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removeSync } from 'fs-extra/esm';

/**
 * A commit works in a directory of its own, beside what it brings into being:
 *
 *     .my-api.secure-express-4711/     or .secure-express-4711/ inside a target that exists
 *       journal.json                   what is going on; absent until staging begins
 *       new/                           what is to be, by its path below the work directory's parent
 *
 * The name carries the process's id, so runs that overlap never share one, and a run that was killed leaves one behind
 * whose process is gone.
 */
export interface Journal {
  readonly format: 1;
  /** `staging`: nothing has left the work directory. `placing`: some of it may be in place. */
  readonly phase: 'staging' | 'placing';
  /** What is moved out of `new/`, file or directory, in this order; relative to the work directory's parent. */
  readonly placements: readonly string[];
  /** Every file that the placements bring. Undoing takes away these and no others. */
  readonly files: readonly JournaledFile[];
}

/** A file as it was staged: one that differs by now belongs to whoever changed it. */
export interface JournaledFile {
  /** Room for `update` and `delete`, which will keep the former file in `old/`. */
  readonly operation: 'create';
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const WORK_DIRECTORY = /^\.(?:(?<target>.+)\.)?secure-express-(?<pid>\d{1,10})$/;

/** Process ids come round again; no commit takes this long. */
const LONGEST_COMMIT_MS = 5 * 60_000;

/** Whether `name` is one that a commit gives to its work directory. */
export function isWorkDirectory(name: string): boolean {
  return WORK_DIRECTORY.test(name.replace(/\/$/, ''));
}

/**
 * Makes the work directory of this process.
 *
 * @param parent where it lies; what is staged in it will be moved to here.
 * @param target the entry of `parent` that will come into being; undefined where `parent` is itself the target.
 */
export function openWorkDirectory(parent: string, target?: string): string {
  const prefix = target === undefined ? '.' : `.${target}.`;
  const path = join(parent, `${prefix}secure-express-${process.pid}`);
  mkdirSync(path);
  return path;
}

/**
 * The work directories that runs which were killed left behind for this target.
 *
 * @param parent as given to `openWorkDirectory`.
 * @param target as given to `openWorkDirectory`.
 */
export function abandonedWorkDirectories(parent: string, target?: string): readonly string[] {
  return readdirSync(parent)
    .filter((name) => {
      const groups = WORK_DIRECTORY.exec(name)?.groups;
      return groups !== undefined && groups.target === target && isAbandoned(join(parent, name));
    })
    .map((name) => join(parent, name));
}

function isAbandoned(workDirectory: string): boolean {
  const pid = Number(WORK_DIRECTORY.exec(basename(workDirectory))?.groups?.pid);
  if (pid === process.pid || !isRunning(pid)) return true;
  return Date.now() - statSync(workDirectory).mtimeMs > LONGEST_COMMIT_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Where a path of the journal is staged. */
export function stagedPath(workDirectory: string, path: string): string {
  return join(workDirectory, 'new', path);
}

/** Where a path of the journal belongs. */
export function placedPath(workDirectory: string, path: string): string {
  return join(dirname(workDirectory), path);
}

/** Writes the journal in one step: a reader finds the old one or the new one, never half of one. */
export function writeJournal(workDirectory: string, journal: Journal): void {
  const path = join(workDirectory, 'journal.json');
  writeFileSync(`${path}.next`, JSON.stringify(journal));
  renameSync(`${path}.next`, path);
}

/** @returns undefined where the run was killed before it wrote one, so nothing had left the work directory. */
export function readJournal(workDirectory: string): Journal | undefined {
  try {
    return JSON.parse(readFileSync(join(workDirectory, 'journal.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

export function closeWorkDirectory(workDirectory: string): void {
  removeSync(workDirectory);
}
