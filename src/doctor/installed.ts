import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compare from 'semver/functions/compare.js';
import satisfies from 'semver/functions/satisfies.js';

/** One package at one version, and what says so. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly where: string;
}

/**
 * Finds out which versions of some packages a project has: what lies in node_modules, theirs included, and what the
 * lock files say. Needs no network and runs nothing.
 */
export function installedVersions(
  directory: string,
  names: ReadonlySet<string>,
): readonly Installed[] {
  const found = new Map<string, Installed>();
  const add = (name: string, version: string, where: string) => {
    if (!names.has(name) || !/^\d+\.\d+\.\d+/.test(version)) return;
    const key = `${name}@${version}`;
    if (!found.has(key)) found.set(key, { name, version, where });
  };
  readModules(join(directory, 'node_modules'), add);
  for (const [file, pattern] of LOCK_FILES) {
    const path = join(directory, file);
    if (!existsSync(path)) continue;
    for (const { groups } of readFileSync(path, 'utf8').matchAll(pattern)) {
      add(groups?.name ?? '', groups?.version ?? '', file);
    }
  }
  return [...found.values()];
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
  const version = readVersion(join(directory, 'node_modules', name));
  if (version !== undefined) return { name, version, where: 'node_modules' };
  const locked = known
    .filter((one) => one.name === name)
    .sort((a, b) => compare(b.version, a.version));
  return locked.find((one) => satisfies(one.version, range ?? '*')) ?? locked[0];
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
      readPackage(path, add);
      readModules(join(path, 'node_modules'), add);
    }
  }
}

function readVersion(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function readPackage(folder: string, add: Add): void {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    add(String(name), String(version), 'node_modules');
  } catch {
    // A folder that is no package.
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
