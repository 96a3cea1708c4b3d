import type { Change } from '../disk/changes.ts';
import type { Module } from '../features/modules.ts';
import { type DiskFile, readDiskFile } from '../merge/disk-file.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { planMerge } from '../merge/plan.ts';
import { checkRecord, type HostRecord, type ProjectRecord } from '../merge/record.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { BASE, BEFORE, MANIFEST } from '../record-paths.ts';
import { settingsOf } from '../render/environment.ts';
import { hostNeeds } from '../render/host-module.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import { aliasesFor } from './aliases.ts';
import {
  databaseFiles,
  environmentWith,
  environmentWithout,
  ignoreLine,
  ignoring,
} from './environment.ts';
import { type HostFiles, openHostFiles } from './host-files.ts';
import { renderHost } from './host-tree.ts';
import { mountedFor } from './mounted.ts';
import { readPackageJson } from './package-facts.ts';
import type { Host } from './read-host.ts';
import type { HostShape } from './shape.ts';
import { unwire, type Wired, wire } from './wire.ts';

/** What a host is to have, and what it has. */
export interface HostPlanRequest {
  /** Absolute. */
  readonly root: string;
  readonly record: ProjectRecord | undefined;
  readonly answers: ProjectAnswers;
  readonly modules: readonly Module[];
  readonly host: Host;
  readonly onConflict: OnConflict;
}

/** What becomes of a host. */
export interface HostPlan {
  readonly changes: readonly Change[];
  /** Everything that it is to have, whatever is there. */
  readonly tree: Tree;
}

/** Looks at a host as it was before ours came. */
export function formerFiles(root: string, record: HostRecord | undefined): HostFiles {
  const files = openHostFiles(root);
  if (record === undefined) return files;
  const { before, shape } = record;
  const isOurs = (path: string) => path === shape.folder || path.startsWith(`${shape.folder}/`);
  return {
    ...files,
    read: (path) => (before.has(path) ? before.get(path) : files.read(path)),
    sources: () => files.sources().filter((path) => !isOurs(path)),
  };
}

/** Whether somebody has put our lines in where we could not. */
export function isMountedByHand(
  root: string,
  { folder }: HostShape,
  mounted: readonly string[],
): boolean {
  const files = openHostFiles(root);
  const others = files.sources().filter((path) => !path.startsWith(`${folder}/`));
  return others.some((path) => {
    const text = files.read(path) ?? '';
    return mounted.every((name) => text.includes(`${name}(`));
  });
}

/**
 * Plans how a host comes by what it is to have. Reads the host; writes nothing.
 *
 * @throws {ConflictError} where the host has a version of a package that ours cannot use, or another run is quicker.
 */
export async function planHost(request: HostPlanRequest): Promise<HostPlan> {
  const { root, record, answers, modules, host, onConflict } = request;
  const { app } = host;
  const files = formerFiles(root, record?.host);
  const shape = shapeWithAliases(host.shape, files, answers, modules);
  const mounted = mountedFor(modules);
  const isHandedOver = record?.host?.wiring.length === 0 && isMountedByHand(root, shape, mounted);
  const replaced =
    app.kind === 'found'
      ? host.replacements.map(({ module }) => module)
      : (record?.host?.replaced ?? []);
  const wired = isHandedOver ? [] : wiringOf(request, shape, mounted, replaced);
  const env = record?.host?.env ?? [];
  const { tree: rendered, before } = await renderHost({
    answers,
    shape,
    modules,
    replaced,
    files,
    wired,
    record,
    env,
  });
  const tree = new Map([...beforeOf(record?.host), ...rendered]);
  // A file of the host's that ours had nothing to change in until now holds nobody's edit.
  const own = record === undefined ? new Map() : before;
  const base = new Map([...own, ...(record?.base ?? [])].filter(([, text]) => text !== undefined));
  const merged = planMerge({ root, base, owners: record?.owners ?? new Map(), tree, onConflict });
  checkRecord(root, record);
  const madeFrom = record === undefined ? before : undefined;
  const changes = merged.map((change) =>
    exact(change, root, base, tree, { madeFrom, hadNoSecrets: env.length === 0 }),
  );
  return { changes, tree };
}

/** What is mounted, in which file; what was mounted stays where the host is not understood any more. */
function wiringOf(
  { record, host: { app, appText } }: HostPlanRequest,
  shape: HostShape,
  mounted: readonly string[],
  replaced: readonly Module[],
): readonly Wired[] {
  if (mounted.length === 0) return [];
  if (app.kind === 'found') {
    const wired = wire(app.creation, app.place, mounted, shape, mountedFor(replaced));
    return [{ ...wired, before: appText ?? '' }];
  }
  return (record?.host?.wiring ?? []).flatMap((one) => {
    const before = record?.host?.before.get(one.path);
    const after = record?.base.get(one.path);
    return before === undefined || after === undefined ? [] : [{ ...one, before, after }];
  });
}

function shapeWithAliases(
  { aliases: _, ...shape }: HostShape,
  files: HostFiles,
  answers: ProjectAnswers,
  modules: readonly Module[],
): HostShape {
  const needs = hostNeeds(answers, shape, modules);
  const aliases = aliasesFor(readPackageJson(files) ?? {}, needs);
  return Object.keys(aliases).length === 0 ? shape : { ...shape, aliases };
}

/** The host's files as they were, for those that are to be so again. */
function beforeOf(record: HostRecord | undefined): ReadonlyMap<string, TreeFile> {
  return new Map(
    [...(record?.before ?? [])].flatMap(([path, text]) =>
      text === undefined ? [] : [[path, { content: text, mode: 0o644, feature: 'host' }]],
    ),
  );
}

/**
 * Plans how everything of ours leaves a host: where nobody edited since, it is then byte for byte as it was.
 *
 * @param onConflict for what somebody edited: `keep` leaves it, `theirs` takes it away.
 * @throws {ConflictError} where another run is quicker.
 */
export function planHostRemoval(
  root: string,
  record: ProjectRecord,
  host: HostRecord,
  answers: ProjectAnswers,
  onConflict: OnConflict,
): readonly Change[] {
  const tree = new Map([...beforeOf(host), ...ignoredStill(root, host, answers)]);
  const merged = planMerge({ ...record, root, tree, onConflict }).flatMap((change): Change[] => {
    const result = unwired(exact(change, root, record.base, tree), root, host);
    // A file that we made and that has become the host's.
    const isTheirs = host.before.has(result.path) && result.kind === 'conflict';
    if (!isTheirs || tree.has(result.path)) return [result];
    return [{ kind: 'keep', path: result.path, file: result.file, why: 'you have added to it' }];
  });
  const gone = [MANIFEST, BASE, BEFORE].flatMap((path) => deletion(root, path) ?? []);
  checkRecord(root, record);
  return [...merged, ...gone, ...environmentRemoval(root, host.env, answers, host)];
}

/** While there are accounts, no commit is to take them in: what keeps them out stays, and nothing else of ours. */
function ignoredStill(
  root: string,
  { before, shape, modules }: HostRecord,
  answers: ProjectAnswers,
): readonly (readonly [string, TreeFile])[] {
  const path = '.gitignore';
  const files = openHostFiles(root);
  const databases = databaseFiles(hostNeeds(answers, shape, modules).env, answers);
  const there = databases.filter((database) => files.has(database)).map(ignoreLine);
  if (!before.has(path) || there.length === 0) return [];
  const above = files.above.map((folder) => folder.read(path));
  const content = ignoring(before.get(path), above, there);
  return content === undefined ? [] : [[path, { content, mode: 0o644, feature: 'host' }]];
}

/** How what is there is told from what somebody has touched since. */
interface Since {
  /** The first time, the host's own files that the plan was made from. */
  readonly madeFrom?: ReadonlyMap<string, string | undefined> | undefined;
  readonly hadNoSecrets?: boolean;
}

/** What nobody touched becomes exactly what it is to be, however a merge would write it. */
function exact(
  change: Change,
  root: string,
  base: ReadonlyMap<string, string>,
  tree: Tree,
  { madeFrom, hadNoSecrets = false }: Since = {},
): Change {
  const { path } = change;
  const file = tree.get(path);
  const disk = diskOf(root, path);
  if (file === undefined) return change;
  if (file.secret === true) {
    // Where there were none to have before; in a copy of the repository, they are its owner's business.
    if (disk === undefined)
      return madeFrom || hadNoSecrets ? { kind: 'create', path, file } : change;
    if (change.kind !== 'merge') return change;
    return {
      ...change,
      file: { ...file, content: environmentWith(disk.text, String(file.content)) },
    };
  }
  if (disk === undefined || typeof file.content !== 'string' || change.kind === 'unchanged') {
    return change;
  }
  const isUntouched = disk.text === (madeFrom ?? base).get(path);
  return isUntouched && disk.text !== file.content
    ? { kind: 'update', path, file, before: disk.sha256 }
    : change;
}

/** Takes our lines out of a file that somebody edited elsewhere. */
function unwired(change: Change, root: string, { wiring }: HostRecord): Change {
  const ours = wiring.find(({ path }) => path === change.path);
  const disk = diskOf(root, change.path);
  if (ours === undefined || disk?.text === undefined || !('file' in change)) return change;
  if (change.kind !== 'merge' && change.kind !== 'conflict') return change;
  // What was taken out comes back by merging only.
  if (ours.standsIn !== undefined) return change;
  const content = unwire(disk.text, ours.inserted);
  if (content === undefined) return change;
  const file = { ...change.file, content };
  return { kind: 'merge', path: change.path, file, before: disk.sha256, conflicts: [] };
}

function environmentRemoval(
  root: string,
  names: readonly string[],
  answers: ProjectAnswers,
  { shape, modules }: HostRecord,
): readonly Change[] {
  const path = '.env';
  const disk = diskOf(root, path);
  if (disk?.text === undefined) return [];
  const { env } = hostNeeds(answers, shape, modules);
  const required = env.filter(({ drawSecret }) => drawSecret !== undefined);
  const text = environmentWithout(disk.text, names, settingsOf(required, answers, false));
  if (text === disk.text) return [];
  const before = disk.sha256;
  if (text === undefined) return [{ kind: 'delete', path, feature: 'host', before }];
  const file = { content: text, mode: 0o600, feature: 'host', secret: true };
  return [{ kind: 'merge', path, file, before, conflicts: [] }];
}

function deletion(root: string, path: string): Change | undefined {
  const disk = diskOf(root, path);
  return disk && { kind: 'delete', path, feature: 'host', before: disk.sha256 };
}

function diskOf(root: string, path: string): DiskFile | undefined {
  const disk = readDiskFile(root, path);
  return disk === 'other' ? undefined : disk;
}
