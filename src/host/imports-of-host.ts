import { posix } from 'node:path';
import type { HostFiles } from './host-files.ts';
import type { Role } from './mounting-place.ts';

const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs'];

/**
 * Finds the file that an import leads to.
 *
 * @param module as it is written: relative, or with one of the usual aliases of the source root.
 * @param from the file that imports it.
 * @returns undefined for packages, and for what is not there.
 */
export function resolveImport(
  files: HostFiles,
  module: string,
  from: string,
  sourceRoot: string,
): string | undefined {
  const sources = new Set(files.sources());
  for (const start of startsOf(module, from, sourceRoot)) {
    const stem = start.replace(/\.[cm]?js$/, '');
    const candidates = [start, stem].flatMap((path) => [
      ...ENDINGS.map((ending) => `${path}${ending}`),
      ...ENDINGS.slice(1).map((ending) => `${path}/index${ending}`),
    ]);
    const found = candidates.find((path) => sources.has(path));
    if (found !== undefined) return found;
  }
  return undefined;
}

function startsOf(module: string, from: string, sourceRoot: string): readonly string[] {
  if (/^\.\.?(\/|$)/.test(module)) return [posix.join(posix.dirname(from), module)];
  const alias = /^(?:[@~#]\/?|src\/)(.+)$/.exec(module)?.[1];
  if (alias === undefined) return [];
  return [posix.join(sourceRoot, alias), posix.join('src', alias), alias];
}

/** What a file of the host gives: routes, where it makes a router or routes itself; middleware, where it passes on. */
export function roleOfFile(text: string | undefined): Role {
  if (text === undefined) return 'unknown';
  if (ROUTING.test(text)) return 'routes';
  return /\bnext\b/.test(text) ? 'middleware' : 'unknown';
}

const ROUTING =
  /\bRouter\b|\b\w*(app|server|rout(er|es?)|api)\.(get|post|put|patch|delete|all|route)\(\s*['"`/]/i;
