import type { Change } from '../disk/changes.ts';
import { isRecord, MANIFEST } from '../record-paths.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import { type DiskFile, readDiskFile } from './disk-file.ts';
import { addMissing, mergeSettings } from './env.ts';
import type { OnConflict } from './on-conflict.ts';
import { mergePackageJson } from './package-json.ts';
import { unpackBase } from './record.ts';
import { inTheStyleOf, isSameText, type Merged, mergeText, type Sides } from './text.ts';

/** What a project was, and what it is to be. */
export interface MergeRequest {
  /** Absolute. */
  readonly root: string;
  /** Every file as it was rendered last time. */
  readonly base: ReadonlyMap<string, string>;
  /** The feature that owns each of them. */
  readonly owners: ReadonlyMap<string, string>;
  readonly tree: Tree;
  readonly onConflict: OnConflict;
}

/**
 * Holds a tree against a project that was made before: file by file, what was rendered last time, what is on the disk,
 * and what is to be. Reads those files and no others, and writes nothing.
 *
 * @returns a change for each path of the tree and of the base, sorted; none for a file that is gone on all sides.
 */
export function planMerge(request: MergeRequest): readonly Change[] {
  const paths = [...new Set([...request.base.keys(), ...request.tree.keys()])].sort();
  return paths.flatMap((path) => planFile(path, request) ?? []);
}

function planFile(path: string, request: MergeRequest): Change | undefined {
  const { root, base, owners, tree, onConflict } = request;
  const disk = readDiskFile(root, path);
  const file = tree.get(path);
  const former = base.get(path);
  if (file === undefined) {
    const owner = owners.get(path) ?? 'project';
    return former === undefined
      ? undefined
      : planRemoval({ path, former, disk, owner, onConflict });
  }
  if (disk === undefined) return planAbsent(path, former, file);
  if (disk === 'other' && file.secret === true) {
    return { kind: 'keep', path, file, why: 'it is a link: what is missing in it is left to you' };
  }
  if (disk === 'other') {
    if (former !== undefined && former === file.content) return { kind: 'keep', path, file };
    return undecided(
      path,
      file,
      'is a directory or a symbolic link, which is not written to',
      onConflict,
    );
  }
  if (isRecord(path)) return planRecord(path, disk, file);
  return planExisting({ path, former, disk, file, onConflict });
}

/** What is not there is made if it is new. What somebody deleted stays deleted, as do settings on another machine. */
function planAbsent(path: string, former: string | undefined, file: TreeFile): Change {
  const isOld = former !== undefined && former !== file.content;
  const isNew = former === undefined && file.secret !== true;
  return isNew || isRecord(path)
    ? { kind: 'create', path, file }
    : { kind: 'keep', path, file, ...(isOld && { why: 'it is not there, and stays so' }) };
}

interface Removal {
  readonly path: string;
  readonly former: string;
  readonly disk: DiskFile | 'other' | undefined;
  readonly owner: string;
  readonly onConflict: OnConflict;
}

function planRemoval({ path, former, disk, owner, onConflict }: Removal): Change | undefined {
  if (disk === undefined) return undefined;
  const isOurs = disk !== 'other' && disk.text !== undefined && isSameText(disk.text, former);
  if (disk !== 'other' && (isOurs || onConflict === 'theirs')) {
    const why = isOurs ? {} : { why: 'with what you had edited in it' };
    return { kind: 'delete', path, feature: owner, before: disk.sha256, ...why };
  }
  const file = { content: former, mode: 0o644, feature: owner };
  return undecided(path, file, 'is no longer needed, and you have edited it', onConflict);
}

/** The record is ours alone: it says what was rendered, whatever became of it. */
function planRecord(path: string, disk: DiskFile, file: TreeFile): Change {
  const isSame =
    path !== MANIFEST
      ? unpackOrNothing(disk.bytes) === unpackOrNothing(file.content)
      : disk.text !== undefined && isSameText(disk.text, String(file.content));
  return isSame
    ? { kind: 'unchanged', path, file }
    : { kind: 'update', path, file, before: disk.sha256 };
}

interface Existing {
  readonly path: string;
  readonly former: string | undefined;
  readonly disk: DiskFile;
  readonly file: TreeFile;
  readonly onConflict: OnConflict;
}

function planExisting({ path, former, disk, file, onConflict }: Existing): Change {
  const { content } = file;
  const before = disk.sha256;
  if (typeof content !== 'string' || disk.text === undefined) {
    if (former === content || Buffer.compare(disk.bytes, Buffer.from(content)) === 0) {
      return { kind: 'unchanged', path, file };
    }
    if (onConflict === 'theirs') return { kind: 'update', path, file, before };
    return undecided(path, file, 'is no text, and differs from what we made', onConflict);
  }
  if (file.secret === true) {
    const added = addMissing(disk.text, content);
    if (added === disk.text) return { kind: 'unchanged', path, file };
    return { kind: 'merge', path, file: { ...file, content: added }, before, conflicts: [] };
  }
  if (isSameText(disk.text, content) || former === content)
    return { kind: 'unchanged', path, file };
  const isUntouched = former !== undefined && isSameText(disk.text, former);
  if (isUntouched && path !== 'package.json') {
    return {
      kind: 'update',
      path,
      file: { ...file, content: inTheStyleOf(disk.text, content) },
      before,
    };
  }
  const sides = { base: former ?? '', ours: disk.text, theirs: content };
  let merged: Merged;
  try {
    merged = mergeByKind(path, sides, onConflict);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undecided(path, file, `cannot be read: ${error.message}`, onConflict);
  }
  const { conflicts } = merged;
  const result = { ...file, content: merged.content };
  if (conflicts.length > 0 && onConflict === 'fail') {
    return { kind: 'conflict', path, file: result, problems: conflicts, before };
  }
  if (merged.content === disk.text) {
    return conflicts.length === 0
      ? { kind: 'unchanged', path, file }
      : { kind: 'keep', path, file, why: conflicts.join('; ') };
  }
  // By key all the same: no version is lowered.
  if (isUntouched && conflicts.length === 0) return { kind: 'update', path, file: result, before };
  return { kind: 'merge', path, file: result, before, conflicts };
}

function mergeByKind(path: string, sides: Sides, onConflict: OnConflict): Merged {
  if (path === 'package.json') {
    return mergePackageJson({ ...sides, base: sides.base || '{}' }, onConflict);
  }
  if (/^\.env\.[\w.-]+$/.test(path)) return mergeSettings(sides);
  return mergeText(sides, onConflict);
}

/** What nobody can merge: it stays as it is, or stops everything. */
function undecided(path: string, file: TreeFile, problem: string, onConflict: OnConflict): Change {
  return onConflict === 'fail'
    ? { kind: 'conflict', path, file, problems: [problem] }
    : { kind: 'keep', path, file, why: problem };
}

function unpackOrNothing(packed: Uint8Array | string): string | undefined {
  try {
    return unpackBase(Buffer.from(packed));
  } catch {
    return undefined;
  }
}
