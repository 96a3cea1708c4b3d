import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild';
import Handlebars from 'handlebars';
import { COMPILE_OPTIONS } from '../src/render/compile-options.ts';
import { templateNames } from '../src/render/compiler.ts';
import { licencesOf } from './licences.ts';

/**
 * Bundles the program: no dependency is left to install, and each command loads only the chunks that it needs.
 * Writes `dist/` and `THIRD-PARTY-LICENSES.txt`, and prints the sizes.
 */

const root = fileURLToPath(new URL('../', import.meta.url));

/** Imported by what we bundle, and never used by us: what stands in for it. */
const NEVER_USED: readonly (readonly [module: RegExp, contents: string])[] = [
  // node-plop's prompts; ours are asked by `prompts`. They would be most of the start-up time.
  [/^inquirer$/, 'export default { registerPrompt() {} };'],
  // node-plop's own actions write to the disk, and its helpers change cases; we use neither.
  [/^\.\/actions\/index\.js$/, 'export {};'],
  [/^\.\/baked-in-helpers\.js$/, 'export default {};'],
  // Behind node-plop's helper for a host's package.json, which no template of ours calls.
  [/^dlv$/, 'export default () => undefined;'],
  // How node-plop finds the packs of others, which ours does not load.
  [/^resolve$/, 'export default undefined;'],
  // The kinds of question that are never asked.
  [/^\.\/(date|number|toggle|confirm|autocomplete(Multiselect)?)$/, 'module.exports = undefined;'],
  // Queues what the system has no more handles for. We work on one file at a time.
  [/^graceful-fs$/, "module.exports = require('node:fs');"],
];

const stubs: Plugin = {
  name: 'stubs',
  setup({ onResolve, onLoad }) {
    for (const [filter, contents] of NEVER_USED) {
      onResolve({ filter }, ({ path, importer }) =>
        /node_modules.(node-plop|handlebars|fs-extra|jsonfile|prompts)./.test(importer)
          ? { path, namespace: 'stub' }
          : undefined,
      );
      onLoad({ filter, namespace: 'stub' }, () => ({ contents }));
    }
  },
};

/** Templates are compiled here, so that neither the compiler nor its time is part of a run; nobody reads what comes out. */
const compiledTemplates: Plugin = {
  name: 'compiled-templates',
  setup({ onLoad }) {
    onLoad({ filter: /render.compiler\.ts$/ }, async ({ path }) => {
      const contents = `
        import Handlebars from 'handlebars';
        export const engine = Handlebars.create();
        const compiled = {${compileTemplates().join(',\n')}};
        export const toTemplate = (name) => {
          const template = compiled[name];
          return typeof template === 'string' ? () => template : engine.template(template);
        };
        export const templateNames = () => ${JSON.stringify(templateNames())};
      `;
      return { contents: await minified(contents, 'esm'), loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** Every template with seams, as a member of an object literal; as its text, where all it could have is not in it. */
function compileTemplates(): string[] {
  return templateNames()
    .filter((path) => /\/slots\/.*\.\w+$|\.hbs$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, 'templates', path), 'utf8');
      const plain = !text.includes('{{');
      const compiled = plain ? JSON.stringify(text) : Handlebars.precompile(text, COMPILE_OPTIONS);
      return `${JSON.stringify(path)}: ${compiled}`;
    });
}

/** What others wrote is made small file by file, which makes the outermost names of a module small too. */
const smallDependencies: Plugin = {
  name: 'small-dependencies',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8');
      // Said what it is, a module's outermost names are its own, and are made small as well.
      const format = /^(import|export)\b/m.test(source) ? 'esm' : 'cjs';
      return { contents: await minified(source, format), loader: 'js' };
    });
  },
};

/** Of fs-extra, what we call: it is made of CommonJS modules, of which a bundler leaves none out. */
const partOfFsExtra: Plugin = {
  name: 'part-of-fs-extra',
  setup({ onLoad }) {
    onLoad({ filter: /fs-extra.lib.esm\.mjs$/ }, () => ({
      contents: `
        export { removeSync } from './remove/index.js';
        export { outputFileSync } from './output-file/index.js';
      `,
    }));
  },
};

async function minified(source: string, format: 'esm' | 'cjs'): Promise<string> {
  const settings = { minify: true, legalComments: 'none', target: 'node20.19' } as const;
  return (await transform(source, { ...settings, format })).code;
}

/** Of our own package.json, only the version goes into the bundle. */
const ownPackage: Plugin = {
  name: 'own-package',
  setup({ onLoad }) {
    onLoad({ filter: /package\.json$/ }, ({ path }) => {
      if (path !== join(root, 'package.json')) return undefined;
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: `export const version = ${JSON.stringify(version)};`, loader: 'js' };
    });
  },
};

/** One hash for all files in some folders: what they are called and what is in them. */
function buildOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of [...folders, 'package-lock.json']) {
    for (const path of filesIn(folder))
      hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('base64url').slice(0, 16);
}

function filesIn(path: string): readonly string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const entries = readdirSync(join(root, path)).sort();
  return entries.flatMap((entry) => filesIn(`${path}/${entry}`));
}

const ENTRY_POINTS = { cli: 'src/cli/main.ts', plop: 'src/cli/plopfile.ts' };

/**
 * Modules that come in one chunk: all that one of these files needs at its start, less what an earlier row has. Left to
 * itself, the bundler makes a chunk for each set of commands that share something, and creating a project opens 30.
 */
const TOGETHER: readonly (readonly string[])[] = [
  ['src/cli/main.ts'],
  ['src/commands/create.ts', 'src/cli/gather.ts'],
  // The doctor knows the versions, and renders nothing.
  ['src/features/versions.ts'],
  ['src/render/project.ts'],
];

const settings = {
  absWorkingDir: root,
  entryPoints: ENTRY_POINTS,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Names as well: what goes wrong is told by its code and its message, and no trace is ever shown.
  minify: true,
  legalComments: 'none',
  // Bundled CommonJS still calls require for Node's own modules. A name that no module of ours would take.
  banner: {
    js: "import { createRequire as requireOfTheBundle } from 'node:module'; const require = requireOfTheBundle(import.meta.url);",
  },
  define: { BUNDLED_PACKAGE_ROOT: '"../"', BUILD: JSON.stringify(buildOf(['src', 'templates'])) },
  alias: {
    // Without the compiler.
    handlebars: join(root, 'node_modules/handlebars/dist/cjs/handlebars.runtime.js'),
    // Its main file loads its parts in a way that no bundler sees.
    'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
    // Without the second copy of itself that the package's own entry keeps for Node.js 6.
    prompts: join(root, 'node_modules/prompts/lib/index.js'),
  },
  metafile: true,
  // Written below, in one go: a failed build leaves the last good one in place.
  write: false,
} as const satisfies BuildOptions;
const plugins = [stubs, partOfFsExtra, compiledTemplates, ownPackage, smallDependencies];

const apart = await build({ ...settings, plugins });
const { metafile, outputFiles } = await build({
  ...settings,
  plugins: [together(apart.metafile), ...plugins],
});

rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist'));
for (const { path, contents } of outputFiles) writeFileSync(path, contents);

writeFileSync(join(root, 'THIRD-PARTY-LICENSES.txt'), licencesOf(metafile, root));
printSizes(metafile);

/** Has each entry that needs one module of a group need all of it, which is how the bundler is told to keep them together. */
function together({ inputs, outputs }: Metafile): Plugin {
  const reach = (from: readonly string[]): ReadonlySet<string> => {
    const reached = new Set(from);
    for (const path of reached) {
      for (const { path: next, kind, external } of inputs[path]?.imports ?? []) {
        if (kind !== 'dynamic-import' && !external) reached.add(next);
      }
    }
    return reached;
  };
  const entries = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  // An entry that is part of what it waits for would wait for itself.
  const taken = new Set(entries);
  const groups = TOGETHER.map((files) => {
    const group = [...reach(files)].filter(
      (path) => /^src\/.*\.ts$/.test(path) && !taken.has(path),
    );
    for (const path of group) taken.add(path);
    return group;
  });
  return {
    name: 'together',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^group:/ }, ({ path }) => ({ path, namespace: 'group' }));
      onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => {
        const group = groups[Number(path.slice('group:'.length))] ?? [];
        const contents = group.map((file) => `import ${JSON.stringify(`./${file}`)};`).join('');
        return { contents, resolveDir: root };
      });
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const entry = relative(root, path).replaceAll('\\', '/');
        if (!entries.includes(entry)) return undefined;
        const reached = reach([entry]);
        const needed = groups.flatMap((group, index) =>
          group.some((file) => reached.has(file)) ? `import "group:${index}";` : [],
        );
        return { contents: `${needed.join('')}${readFileSync(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

function printSizes({ outputs }: Metafile): void {
  const sizes = Object.entries(outputs).map(
    ([path, { bytes }]) => [basename(path), bytes] as const,
  );
  for (const [name, bytes] of sizes.sort((a, b) => b[1] - a[1])) {
    console.log(`${String(Math.ceil(bytes / 1000)).padStart(6)} kB  ${name}`);
  }
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`${String(Math.ceil(total / 1000)).padStart(6)} kB  in all`);
}
