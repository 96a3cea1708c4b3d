import { parse } from 'jsonc-parser';
import type { Folder, HostFiles } from './host-files.ts';
import { LOCK_FILES } from './lock-files.ts';
import { parsePackageJson } from './parse-package-json.ts';
import type { HostShape } from './shape.ts';

/** What is read of a package.json. */
export interface PackageJson {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly main?: unknown;
  readonly packageManager?: unknown;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A package's version as far as it is known: what is installed, else what its range begins with. */
export interface KnownVersion {
  readonly major: number;
  readonly text: string;
  readonly installed: boolean;
}

/** Reads a package.json; undefined where there is none, or no object in it. */
export function readPackageJson(folder: Folder, path = 'package.json'): PackageJson | undefined {
  return parsePackageJson(folder.read(path));
}

/** Reads a file of settings that may have comments, such as tsconfig.json. */
export function readSettings(folder: Folder, path: string): Readonly<Record<string, unknown>> {
  const value: unknown = parse(folder.read(path) ?? '{}');
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The range that a package asks for another in, from whichever section has it. */
export function rangeOf(json: PackageJson, name: string): string | undefined {
  const range =
    json.dependencies?.[name] ?? json.devDependencies?.[name] ?? json.peerDependencies?.[name];
  return typeof range === 'string' ? range : undefined;
}

/** Which version of a package a host has: what is installed tells more than the range. */
export function versionOf(
  files: HostFiles,
  json: PackageJson,
  name: string,
): KnownVersion | undefined {
  const range = rangeOf(json, name);
  for (const folder of [files, ...files.above]) {
    const version = readPackageJson(folder, `node_modules/${name}/package.json`)?.version;
    if (typeof version !== 'string') continue;
    return { major: Number.parseInt(version, 10), text: version, installed: true };
  }
  if (range === undefined) return undefined;
  const written = /^(catalog|workspace):/.test(range) ? catalogRange(files, name) : range;
  const number = /\d+(\.\d+)*/.exec(written ?? '')?.[0];
  if (number === undefined) return undefined;
  return { major: Number.parseInt(number, 10), text: written ?? range, installed: false };
}

/** pnpm keeps the ranges of a workspace in one place. */
function catalogRange(files: HostFiles, name: string): string | undefined {
  for (const folder of [files, ...files.above]) {
    const text = folder.read('pnpm-workspace.yaml');
    const line = text?.split('\n').find((one) => {
      const key = one.split(':')[0]?.trim().replace(/['"]/g, '');
      return key === name;
    });
    if (line !== undefined) return line.slice(line.indexOf(':') + 1).trim();
  }
  return undefined;
}

/**
 * The package manager of a host: the one that it names, else the one whose lock file it has; the package's own says
 * more than that of the workspace.
 *
 * @param otherwise where nothing tells.
 */
export function packageManagerOf(
  files: HostFiles,
  otherwise: HostShape['packageManager'],
): HostShape['packageManager'] {
  for (const folder of [files, ...files.above]) {
    const named = readPackageJson(folder)?.packageManager;
    const name = typeof named === 'string' ? /^(npm|pnpm|yarn|bun)@/.exec(named)?.[1] : undefined;
    if (name !== undefined) return name as HostShape['packageManager'];
    const locked = LOCK_FILES.find(([file]) => folder.has(file));
    if (locked !== undefined) return locked[1];
    if (folder.has('pnpm-workspace.yaml')) return 'pnpm';
  }
  return otherwise;
}

/** What runs a host's own tests. */
export function testRunnerOf(json: PackageJson): HostShape['testRunner'] {
  const script = String(json.scripts?.test ?? '');
  if (/\bnode\b.*--test|--test\b.*\btsx?\b/.test(script)) return 'node';
  const runners = ['vitest', 'jest', 'mocha'] as const;
  return (
    runners.find((name) => new RegExp(`\\b${name}\\b`).test(script)) ??
    runners.find((name) => rangeOf(json, name) !== undefined)
  );
}
