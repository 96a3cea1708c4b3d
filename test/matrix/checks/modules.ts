import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { parseSync } from 'oxc-parser';
import type { Tree } from '../../../src/render/tree.ts';
import { type Check, remembered, textOf, texts } from './problem.ts';

/** What one module imports: from where, and which names. */
interface Import {
  readonly from: string;
  /** Undefined stands for all of them. */
  readonly names: readonly string[] | undefined;
}

interface Module {
  readonly imports: readonly Import[];
  readonly exports: readonly string[];
  /** The exported names that the module itself makes use of. */
  readonly used: readonly string[];
}

/** Every module of a project, by its path. */
export function modulesOf(tree: Tree): ReadonlyMap<string, Module> {
  return new Map(
    [...texts(tree)]
      .filter(([path]) => path.endsWith('.ts'))
      .map(([path, text]) => [path, readModule(path, text)]),
  );
}

const readModule = remembered((path, text): Module => {
  const { module } = parseSync(path, text);
  const imports = module.staticImports.map(({ moduleRequest, entries }): Import => {
    const names = entries.map(({ importName }) => importName.name ?? importName.kind);
    return {
      from: moduleRequest.value,
      names: names.includes('NamespaceObject') ? undefined : names,
    };
  });
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest }): Import[] => {
    // What is put together while the program runs is not known here.
    const literal = /^["'](.*)["']$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    return literal?.[1] === undefined ? [] : [{ from: literal[1], names: undefined }];
  });
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.map(({ exportName }) => exportName.name ?? exportName.kind),
  );
  const used = exports.filter(
    (name) => (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1,
  );
  return { imports: [...imports, ...dynamic], exports, used };
});

/** For each module of a project, what it says to import others of the project, and their paths. */
export function importsWithin(
  tree: Tree,
): ReadonlyMap<string, readonly { readonly from: string; readonly to: string }[]> {
  const modules = modulesOf(tree);
  return new Map(
    [...modules].map(([path, { imports }]) => [
      path,
      imports
        .map(({ from }) => ({ from, to: resolveImport(path, from) }))
        .filter(({ to }) => modules.has(to)),
    ]),
  );
}

/** The file that a relative import means. */
export function resolveImport(importer: string, from: string): string {
  return join(dirname(importer), from).replace(/\.js$/, '.ts');
}

/** Imports lead to a file of the project, or to a package that is declared as the right kind of dependency. */
export const checkImports: Check = function* (tree) {
  const { dependencies, devDependencies } = JSON.parse(textOf(tree, 'package.json'));
  for (const [path, { imports }] of modulesOf(tree)) {
    const isProduction = path.startsWith('src/');
    for (const { from } of imports) {
      if (isBuiltin(from)) {
        if (!from.startsWith('node:')) yield `${path}: imports ${from} without node:`;
      } else if (from.startsWith('.')) {
        const file = resolveImport(path, from);
        if (!tree.has(file)) yield `${path}: imports ${from}, which is no file`;
        if (!from.endsWith('.js')) yield `${path}: imports ${from} without its ending`;
        if (isProduction && !file.startsWith('src/')) yield `${path}: leaves src for ${from}`;
      } else {
        const name = packageOf(from);
        const isDeclared =
          name in dependencies || (!isProduction && name in (devDependencies ?? {}));
        if (!isDeclared) yield `${path}: imports ${from}, which is not declared for it`;
      }
    }
  }
};

/** The program of each package that a script may call. */
const PROGRAMS: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'biome',
  'drizzle-kit': 'drizzle-kit',
  tsx: 'tsx',
  typescript: 'tsc',
  vitest: 'vitest',
};

/** Every declared package is imported, or its program is called by a script. */
export const checkDependencies: Check = function* (tree) {
  const { dependencies, devDependencies, scripts } = JSON.parse(textOf(tree, 'package.json'));
  const commands = Object.values<string>(scripts).join('\n').split(/\s+/);
  const production = new Set<string>();
  const development = new Set<string>();
  for (const [path, { imports }] of modulesOf(tree)) {
    for (const { from } of imports) {
      development.add(from.startsWith('node:') ? 'node' : packageOf(from));
      if (path.startsWith('src/')) production.add(packageOf(from));
    }
  }
  for (const name of Object.keys(dependencies)) {
    if (!production.has(name)) yield `package.json: no production code imports ${name}`;
    if (name in devDependencies) yield `package.json: declares ${name} twice`;
  }
  for (const name of Object.keys(devDependencies)) {
    const typed = /^@types\/(.+)/.exec(name)?.[1];
    const program = PROGRAMS[name];
    const isUsed =
      development.has(typed ?? name) || (program !== undefined && commands.includes(program));
    if (!isUsed) yield `package.json: nothing uses ${name}`;
  }
};

/** What a module exports is imported by another one, or at least of use in its own: nothing is dead. */
export const checkExports: Check = function* (tree) {
  const modules = modulesOf(tree);
  const wanted = new Map<string, Set<string> | 'all'>();
  for (const [path, { imports }] of modules) {
    for (const { from, names } of imports) {
      if (!from.startsWith('.')) continue;
      const file = resolveImport(path, from);
      const before = wanted.get(file);
      if (!names || before === 'all') wanted.set(file, 'all');
      else wanted.set(file, new Set([...(before ?? []), ...names]));
    }
  }
  for (const [path, { exports, used }] of modules) {
    // The tools that they configure import these.
    if (/\.config\.ts$|\/global-setup\.ts$/.test(path)) continue;
    const names = wanted.get(path);
    if (names === 'all') continue;
    for (const name of exports) {
      if (!names?.has(name) && !used.includes(name)) {
        yield `${path}: exports ${name}, which nobody uses`;
      }
    }
  }
};

function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}
