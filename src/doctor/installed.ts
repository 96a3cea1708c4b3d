import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import compare from 'semver/functions/compare.js';
import satisfies from 'semver/functions/satisfies.js';
import { folderAt, foldersAbove } from '../host/host-files.ts';
import type { PackageJson } from '../host/package-facts.ts';
import { parsePackageJson } from '../host/parse-package-json.ts';

/** One package at one version, and what says so. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly where: string;
}

/**
 * Finds out which versions of some packages a project has: what lies in node_modules, theirs included, and what the
 * lock files say. Needs no network and runs nothing. Of what a workspace has for all its packages, only that counts
 * which the project comes to.
 *
 * @param asked what the project asks for
 */
export function installedVersions(
  directory: string,
  names: ReadonlySet<string>,
  asked: Readonly<Record<string, string>>,
): readonly Installed[] {
  const found = new Map<string, Installed>();
  const add = (name: string, version: string, where: string) => {
    if (!names.has(name) || !/^\d+\.\d+\.\d+/.test(version)) return;
    const key = `${name}@${version}`;
    if (!found.has(key)) found.set(key, { name, version, where });
  };
  readModules(join(directory, 'node_modules'), add);
  readLocks(directory, add);
  const above = foldersAbove(directory);
  if (above.length > 0) readNeeded(directory, Object.keys(asked), add, new Set());
  for (const folder of above) {
    readLocks(folder, (name, version, where) => {
      if (satisfies(version, asked[name] ?? '<0')) add(name, version, where);
    });
  }
  return [...found.values()];
}

function readLocks(folder: string, add: Add): void {
  for (const [file, pattern] of LOCK_FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    for (const { groups } of readFileSync(path, 'utf8').matchAll(pattern)) {
      add(groups?.name ?? '', groups?.version ?? '', file);
    }
  }
}

/** Follows what packages need, the way Node.js finds it. */
function readNeeded(from: string, names: readonly string[], add: Add, seen: Set<string>): void {
  for (const name of names) {
    const found = packageFrom(from, name);
    if (found === undefined || seen.has(found.folder)) continue;
    seen.add(found.folder);
    add(name, String(found.version), 'node_modules');
    readNeeded(found.folder, Object.keys(found.dependencies ?? {}), add, seen);
  }
}

/** What code in a folder gets for the name of a package. */
function packageFrom(
  from: string,
  name: string,
): (PackageJson & { readonly folder: string }) | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    const found = readPackage(folder);
    if (found !== undefined) return { ...found, folder: realpathSync(folder) };
    if (existsSync(join(at, '.git')) || at === dirname(at)) return undefined;
  }
}

/**
 * The version of a package that the project's own code gets. What lies below other packages is theirs: two of them may
 * need an older one beside it.
 *
 * @param known of `installedVersions`
 * @param range that the project asks for
 * @returns undefined where none is known
 */
export function ownVersion(
  directory: string,
  name: string,
  range: string | undefined,
  known: readonly Installed[],
): Installed | undefined {
  const version = packageFrom(directory, name)?.version;
  if (typeof version === 'string') return { name, version, where: 'node_modules' };
  const locked = known
    .filter((one) => one.name === name)
    .sort((a, b) => compare(b.version, a.version));
  return locked.find((one) => satisfies(one.version, range ?? '*')) ?? locked[0];
}

function readPackage(folder: string): PackageJson | undefined {
  return parsePackageJson(folderAt(folder).read('package.json'));
}

type Add = (name: string, version: string, where: string) => void;

/** Each lock file names a package and its version near each other. */
const LOCK_FILES: readonly (readonly [file: string, pattern: RegExp])[] = [
  [
    'package-lock.json',
    /"(?:[^"\n]*\/)?node_modules\/(?<name>(?:@[^/"]+\/)?[^/"]+)": \{\s*"version": "(?<version>[^"]+)"/g,
  ],
  ['pnpm-lock.yaml', /^ {2}['"]?\/?(?<name>(?:@[^/\s]+\/)?[^@\s/]+)@(?<version>\d[\w.+-]*)/gm],
  [
    'yarn.lock',
    /^"?(?<name>(?:@[^/\s"]+\/)?[^@\s"]+)@[^\n]*:\n {2}version:? "?(?<version>[\w.+-]+)/gm,
  ],
  ['bun.lock', /^ {4}"[^"]+": \["(?<name>(?:@[^/"]+\/)?[^@"]+)@(?<version>[^"]+)"/gm],
];

/** Walks node_modules, the ones inside it and pnpm's store. */
function readModules(folder: string, add: Add): void {
  for (const entry of foldersIn(folder)) {
    const path = join(folder, entry);
    if (entry === '.pnpm') {
      for (const stored of foldersIn(path)) readModules(join(path, stored, 'node_modules'), add);
    } else if (entry.startsWith('@')) readModules(path, add);
    else if (!entry.startsWith('.')) {
      const found = readPackage(path);
      if (found !== undefined) add(String(found.name), String(found.version), 'node_modules');
      readModules(join(path, 'node_modules'), add);
    }
  }
}

/** Not what is linked: those are looked at where they lie. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
