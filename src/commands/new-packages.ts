import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../disk/changes.ts';

const SECTIONS = ['dependencies', 'devDependencies'] as const;

/** What a plan asks for anew. */
export interface NewPackages {
  /** By name, sorted. */
  readonly added: readonly string[];
  /** Those that were asked for in another range. */
  readonly raised: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/**
 * The packages that a plan asks for and that were not asked for so before: by new name, or in another range.
 *
 * @param root of the project as it is; what cannot be read there asks for nothing.
 */
export function newPackages(root: string, changes: readonly Change[]): NewPackages {
  const change = changes.find(({ path }) => path === 'package.json');
  if (change === undefined || !('file' in change) || change.kind === 'keep') {
    return { added: [], raised: [] };
  }
  const [now, next] = [askedFor(readText(root)), askedFor(String(change.file.content))];
  const names = Object.keys(next).sort();
  return {
    added: names.filter((name) => now[name] === undefined),
    raised: names.flatMap((name) => {
      const [from, to] = [now[name], next[name]];
      return from === undefined || to === undefined || from === to ? [] : [{ name, from, to }];
    }),
  };
}

function askedFor(text: string): Readonly<Record<string, string>> {
  try {
    const json = JSON.parse(text.replace(/^\uFEFF/, ''));
    return Object.assign({}, ...SECTIONS.map((section) => json[section]));
  } catch {
    return {};
  }
}

function readText(root: string): string {
  try {
    return readFileSync(join(root, 'package.json'), 'utf8');
  } catch {
    return '{}';
  }
}
