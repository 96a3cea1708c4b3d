import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ConflictError, InputError } from '../errors.ts';
import { MODULES, type Module } from '../features/modules.ts';
import { REPLACEABLE, type Replaceable } from '../host/replaceable.ts';
import type { HostShape } from '../host/shape.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import { printable } from '../options/printable.ts';
import { BASE, BEFORE, MANIFEST } from '../record-paths.ts';
import { sha256 } from '../sha256.ts';

/** What a project is made from, and how it was made: the next version of it starts here. */
export interface ProjectRecord {
  /** The version of this program that made it. */
  readonly version: string;
  /** The build that made all of it, where one did. */
  readonly build?: string;
  /** As they were recorded; nothing is checked yet. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The hashes that stored passwords may still be of. */
  readonly formerHashes: readonly string[];
  /** The database that accounts may still have to be copied from. */
  readonly formerDatabase?: 'sqlite';
  /** Every file as it was rendered last time, by path. */
  readonly base: ReadonlyMap<string, string>;
  /** The feature that owns each file, by path. */
  readonly owners: ReadonlyMap<string, string>;
  /** The SHA-256 of what was put in place, by path, where that is not what the answers of now would make. */
  readonly written?: ReadonlyMap<string, string>;
  /** Present where ours is part of a repo that we did not make. */
  readonly host?: HostRecord;
  /** The SHA-256 of the manifest that this was read from. */
  readonly digest: string;
}

/** What is known of a repo that we did not make, so that ours can be renewed there and taken out again. */
export interface HostRecord {
  readonly shape: HostShape;
  readonly modules: readonly Module[];
  /** What of the host's own has given way to ours. */
  readonly replaced: readonly Replaceable[];
  /** What was put into a file of the host's, exactly. */
  readonly wiring: readonly Wiring[];
  /** The variables that were added to `.env`. */
  readonly env: readonly string[];
  /** The host's own files before ours came, by path: undefined for one that was not there. */
  readonly before: ReadonlyMap<string, string | undefined>;
}

/** A base is some hundred kilobytes; what unpacks to more than this is none. */
const LARGEST_BASE = 64 * 1024 * 1024;

/**
 * Reads what was recorded in a project.
 *
 * @param root absolute.
 * @returns undefined where nothing was.
 * @throws {InputError} for a record that cannot be used.
 */
export function readRecord(root: string): ProjectRecord | undefined {
  const manifestText = readManifest(root);
  if (manifestText === undefined) return undefined;
  const manifest = parse(manifestText, MANIFEST);
  const base = parse(readPacked(root, BASE), BASE);
  const { version, build, answers, files, formerHashes = [], formerDatabase } = manifest;
  if (typeof version !== 'string' || !isObject(answers) || !isObject(files)) {
    throw broken(MANIFEST, 'is not what this program writes');
  }
  const contents = Object.entries(base).map(([path, content]): [string, string] => {
    if (typeof content !== 'string') throw broken(BASE, `has no text for ${printable(path)}`);
    checkPath(path);
    return [path, content];
  });
  const owners = Object.entries(files).map(([path, file]): [string, string] => [
    path,
    isObject(file) && typeof file.feature === 'string' ? file.feature : 'project',
  ]);
  return {
    version,
    ...(typeof build === 'string' && { build }),
    answers,
    formerHashes: Array.isArray(formerHashes) ? formerHashes.map(String) : [],
    ...(formerDatabase === 'sqlite' && { formerDatabase }),
    base: new Map(contents),
    owners: new Map(owners),
    written: new Map(
      Object.entries(files).flatMap(([path, file]): [string, string][] =>
        isObject(file) && typeof file.written === 'string' ? [[path, file.written]] : [],
      ),
    ),
    ...(isObject(manifest.host) && { host: readHostRecord(root, manifest.host) }),
    digest: sha256(manifestText),
  };
}

/**
 * Checks that what is recorded is still what was read, once a plan is made: a plan from one record and from files that
 * another run has written meanwhile would take those for somebody's edits, and forget what that run recorded.
 *
 * @param record that the plan is made from; undefined where nothing was recorded.
 * @throws {ConflictError} where another run has come in between.
 */
export function checkRecord(root: string, record: ProjectRecord | undefined): void {
  const now = readManifest(root);
  if ((now === undefined ? undefined : sha256(now)) === record?.digest) return;
  throw new ConflictError({
    code: 'target-changed',
    message: 'Another run of this program has changed the project meanwhile; nothing was written',
    where: MANIFEST,
    mend: 'Look at what it did, and run this again.',
  });
}

function readManifest(root: string): string | undefined {
  try {
    return readFileSync(join(root, MANIFEST), 'utf8');
  } catch {
    return undefined;
  }
}

function readHostRecord(root: string, host: JsonObject): HostRecord {
  const before = parse(readPacked(root, BEFORE), BEFORE);
  const { shape, modules, replaced = [], wiring, env } = host;
  if (
    !isObject(shape) ||
    !Array.isArray(modules) ||
    !Array.isArray(wiring) ||
    !Array.isArray(env)
  ) {
    throw broken(MANIFEST, 'is not what this program writes');
  }
  const files = Object.entries(before).map(([path, text]): [string, string | undefined] => {
    checkPath(path);
    return [path, typeof text === 'string' ? text : undefined];
  });
  const known = MODULES.filter((module) => modules.includes(module));
  checkPath(String(shape.folder));
  return {
    shape: shape as unknown as HostShape,
    modules: known,
    replaced: REPLACEABLE.filter((one) => Array.isArray(replaced) && replaced.includes(one)),
    wiring: wiring as HostRecord['wiring'],
    env: env.map(String),
    before: new Map(files),
  };
}

/** What was put into one file of a host's. */
interface Wiring {
  readonly path: string;
  /** Lines of their own. */
  readonly inserted: readonly string[];
  /** What stands where something of the host's stood; absent where nothing does. */
  readonly standsIn?: readonly string[];
}

/** Unpacks a base, which may have been packed by another version of zlib: the same content, other bytes. */
export function unpackBase(packed: Uint8Array): string {
  return gunzipSync(packed, { maxOutputLength: LARGEST_BASE }).toString('utf8');
}

function readPacked(root: string, path: string): string {
  try {
    return unpackBase(readFileSync(join(root, path)));
  } catch (cause) {
    throw broken(path, 'is missing or damaged', cause);
  }
}

function parse(text: string, path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(path, 'is not JSON', cause);
  }
  if (!isObject(value)) throw broken(path, 'is not one JSON object');
  return value;
}

/**
 * A record comes with a repository, which anyone may have written.
 *
 * @param file of the record that has the path
 * @throws {InputError} for a path that leads out of the project
 */
export function checkPath(path: string, file = BASE): void {
  const names = path.split('/');
  const leadsOut = names.some((name) => name === '' || name === '.' || name === '..');
  if (leadsOut || /[\\\0]/.test(path) || names[0] === '.git') {
    throw broken(file, `has a path that leads out of the project: ${printable(path)}`);
  }
}

function broken(path: string, problem: string, cause?: unknown): InputError {
  return new InputError({
    code: 'bad-record',
    message: `${path} ${problem}`,
    where: path,
    mend: 'Bring it back from git: it is committed with the project.',
    cause,
  });
}
