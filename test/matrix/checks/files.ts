import type { Tree } from '../../../src/render/tree.ts';
import { modulesOf, resolveImport } from './modules.ts';
import { type Check, textOf, texts } from './problem.ts';

/** What people and tools open by its name, without being told. */
const ENTRIES = [
  /^(?:package|tsconfig|biome)\.json$/,
  /^(?:README|SECURITY|LICENSE|CONTRIBUTING)(?:\.md)?$/,
  /^(?:Dockerfile|compose\.yaml|\.dockerignore|\.gitignore|\.npmrc|\.env)$/,
  /^pnpm-workspace\.yaml$|^\.yarnrc\.yml$|^bunfig\.toml$/,
  /^\.github\/workflows\/[\w-]+\.yml$/,
  /^\.secure-express\//,
  /^test\/[\w-]+\.test\.ts$/,
  /^(?:drizzle|vitest)\.config\.ts$/,
];

/** What runs modules by their path. */
const CALLERS = /^(?:package\.json|vitest\.config\.ts)$/;

/** No file lies about that nothing leads to. */
export const checkReach: Check = function* (tree) {
  const reached = reachedFrom(
    tree,
    [...tree.keys()].filter((path) => isEntry(path, tree)),
  );
  for (const path of tree.keys()) {
    if (!reached.has(path)) yield `${path}: nothing refers to it`;
  }
  const production = reachedFrom(
    tree,
    [...tree.keys()].filter((path) => !path.startsWith('test/') && isEntry(path, tree)),
  );
  for (const path of reached) {
    if (path.startsWith('src/') && !production.has(path)) yield `${path}: only tests import it`;
  }
};

function isEntry(path: string, tree: Tree): boolean {
  if (ENTRIES.some((entry) => entry.test(path))) return true;
  // A module is reached by an import or from a command; any other file when somebody names it or its folder.
  const names = path.endsWith('.ts')
    ? [` ${path}`, `"${path}"`]
    : [path, `"../../${path.split('/')[0]}"`, `./${path.split('/')[0]}"`];
  for (const [other, text] of texts(tree)) {
    if (other === path || (path.endsWith('.ts') && !CALLERS.test(other))) continue;
    if (names.some((name) => text.includes(name))) return true;
  }
  return false;
}

function reachedFrom(tree: Tree, entries: readonly string[]): ReadonlySet<string> {
  const modules = modulesOf(tree);
  const reached = new Set(entries);
  for (const path of reached) {
    for (const { from } of modules.get(path)?.imports ?? []) {
      if (from.startsWith('.')) reached.add(resolveImport(path, from));
    }
  }
  return reached;
}

/** A command that a file tells to run is there to be run. */
export const checkCommands: Check = function* (tree) {
  const { scripts } = JSON.parse(textOf(tree, 'package.json'));
  for (const [path, text] of texts(tree)) {
    for (const [command, name = ''] of text.matchAll(/\b(?:npm|pnpm|yarn|bun) run ([\w:-]+)/g)) {
      if (!(name in scripts)) yield `${path}: says ${command}, and there is no such script`;
    }
  }
};
