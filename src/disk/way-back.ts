import {
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { removeSync } from 'fs-extra/esm';
import { InputError } from '../errors.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { RECORD } from '../record-paths.ts';
import type { TreeFile } from '../render/tree.ts';
import { sha256 } from '../sha256.ts';
import type { Change } from './changes.ts';
import { formerPath, isThere, type JournaledFile, readJournal } from './journal.ts';
import { release } from './lock.ts';
import { disown, readOwner } from './owner.ts';

/**
 * Keeps the work directory of a commit that is done, as the way back from it. It lies where no repository takes it in,
 * and in the place of the one before: there is a way back from the last commit only.
 */
export function retain(workDirectory: string, files: readonly JournaledFile[]): void {
  const root = dirname(workDirectory);
  const homes = homesIn(root);
  for (const former of homes.filter(isThere)) renameSync(former, setAside(workDirectory, former));
  for (const file of files) {
    if ('secret' in file) removeSync(formerPath(workDirectory, file.path));
  }
  const home = homes.find((path) => !isLeftOver(dirname(path)) && moved(workDirectory, path));
  if (home === undefined) release(workDirectory);
  else for (const former of homes) removeSync(setAside(home, former));
  const record = join(root, RECORD);
  if (isLeftOver(record)) rmdirSync(record);
}

/** Whether the way back lies there now: where it cannot, there is none, and what was done is done. */
function moved(workDirectory: string, home: string): boolean {
  try {
    writeFileSync(join(workDirectory, '.gitignore'), '*\n');
    disown(readOwner(workDirectory));
    renameSync(workDirectory, home);
    return true;
  } catch {
    return false;
  }
}

/** Where a way back may lie, the likelier first. Neither is part of what a repository holds. */
function homesIn(root: string): readonly string[] {
  return [join(root, RECORD, 'undo'), join(gitDirectory(root), 'secure-express-undo')];
}

/** In a work tree beside the first, and in a submodule, `.git` is a file that names it: gitrepository-layout(5). */
function gitDirectory(root: string): string {
  const at = join(root, '.git');
  if (!lstatSync(at, { throwIfNoEntry: false })?.isFile()) return at;
  const named = /^gitdir: (.+)$/m.exec(readFileSync(at, 'utf8'))?.[1];
  return named === undefined ? at : resolve(root, named);
}

/** The way back from an earlier commit, until it is gone. */
function setAside(workDirectory: string, home: string): string {
  return join(workDirectory, `former-${basename(home)}`);
}

/** The record's own directory goes with the record, when everything of ours is removed. */
function isLeftOver(directory: string): boolean {
  return (
    basename(directory) === RECORD && isThere(directory) && readdirSync(directory).length === 0
  );
}

/**
 * What brings back the state before the last commit that was `undoable`.
 *
 * @param root absolute.
 * @param onConflict what becomes of files that were edited since: `keep` leaves them, `theirs` brings back what was
 *   there before; otherwise each is a conflict, since there is nothing to merge.
 * @throws {InputError} when there is none.
 */
export function planWayBack(root: string, onConflict: OnConflict): readonly Change[] {
  const [home] = homesIn(root)
    .filter(isThere)
    .sort((a, b) => timeOf(b) - timeOf(a));
  const journal = home === undefined ? undefined : readJournal(home);
  if (home === undefined || journal === undefined) {
    throw new InputError({
      code: 'nothing-to-undo',
      message: 'There is nothing to undo here',
      where: '--undo',
      mend: 'Only the last regenerate, add or remove can be undone, and only where it was run.',
    });
  }
  return journal.files.flatMap((file): Change[] => {
    const { path } = file;
    const now = hashOf(join(root, path));
    const edited = (content: TreeFile): Change =>
      onConflict === 'keep' || onConflict === 'theirs'
        ? { kind: 'keep', path, file: content, why: 'it was changed since' }
        : { kind: 'conflict', path, file: content, problems: ['it was changed since'] };
    if (file.operation === 'create') {
      if (now === undefined) return [];
      const isOurs = now === file.sha256;
      const none = { content: '', mode: 0o644, feature: 'project' };
      if (!isOurs && ('secret' in file || onConflict !== 'theirs')) return [edited(none)];
      const why = isOurs ? {} : { why: EDITED };
      return [{ kind: 'delete', path, feature: 'project', before: now, ...why }];
    }
    if ('secret' in file) return [];
    const former = formerFile(formerPath(home, path));
    if (now === sha256(former.content)) return [{ kind: 'unchanged', path, file: former }];
    const placed = file.operation === 'delete' ? undefined : file.sha256;
    if (now !== placed && onConflict !== 'theirs') return [edited(former)];
    if (now === undefined) return [{ kind: 'create', path, file: former }];
    const why = now === placed ? {} : { why: EDITED };
    return [{ kind: 'update', path, file: former, before: now, ...why }];
  });
}

/** What a person has said may go; it is kept for the way back from this. */
const EDITED = 'with what you had edited in it';

function formerFile(path: string): TreeFile {
  return { content: readFileSync(path), mode: statSync(path).mode & 0o777, feature: 'project' };
}

function hashOf(path: string): string | undefined {
  return isThere(path) ? sha256(readFileSync(path)) : undefined;
}

function timeOf(path: string): number {
  return statSync(join(path, 'journal.json')).mtimeMs;
}
