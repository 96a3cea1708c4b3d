import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin, transform } from 'esbuild';
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
];

const stubs: Plugin = {
  name: 'stubs',
  setup({ onResolve, onLoad }) {
    for (const [filter, contents] of NEVER_USED) {
      onResolve({ filter }, ({ path, importer }) =>
        /node_modules.(node-plop|handlebars)./.test(importer)
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
        export const toTemplate = (name) => engine.template(compiled[name]);
        export const templateNames = () => ${JSON.stringify(templateNames())};
      `;
      return { contents: await minified(contents), loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** Every template with seams, as a member of an object literal. */
function compileTemplates(): string[] {
  return templateNames()
    .filter((path) => /\/slots\/.*\.\w+$|\.hbs$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, 'templates', path), 'utf8');
      return `${JSON.stringify(path)}: ${Handlebars.precompile(text, COMPILE_OPTIONS)}`;
    });
}

/** What others wrote is made as small as can be. Our own functions keep their names, so that a stack trace tells something. */
const smallDependencies: Plugin = {
  name: 'small-dependencies',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      return { contents: await minified(readFileSync(path, 'utf8')), loader: 'js' };
    });
  },
};

async function minified(source: string): Promise<string> {
  const settings = { minify: true, legalComments: 'none', target: 'node20.19' } as const;
  return (await transform(source, settings)).code;
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

const entryPoints = { cli: 'src/cli/main.ts', plop: 'src/cli/plopfile.ts' };

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(
    Object.entries(entryPoints).filter(([, path]) => existsSync(join(root, path))),
  ),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  // For stack traces.
  keepNames: true,
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
  plugins: [stubs, compiledTemplates, ownPackage, smallDependencies],
  metafile: true,
  // Written below, in one go: a failed build leaves the last good one in place.
  write: false,
});

rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist'));
for (const { path, contents } of outputFiles) writeFileSync(path, contents);

writeFileSync(join(root, 'THIRD-PARTY-LICENSES.txt'), licencesOf(metafile, root));
printSizes(metafile);

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
