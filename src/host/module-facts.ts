import { posix } from 'node:path';
import type { HostFiles } from './host-files.ts';
import { type PackageJson, rangeOf, readSettings } from './package-facts.ts';
import type { HostShape } from './shape.ts';

/** A tsconfig may stand on others; a longer chain is a circle. */
const LONGEST_CHAIN = 8;

/** The compiler's settings of a host, with what they extend as far as that is the host's own. */
function compilerOptionsOf(files: HostFiles): Readonly<Record<string, unknown>> {
  return optionsFrom(files, 'tsconfig.json', 0);
}

function optionsFrom(
  files: HostFiles,
  path: string,
  depth: number,
): Readonly<Record<string, unknown>> {
  if (depth > LONGEST_CHAIN) return {};
  const settings = readSettings(files, path);
  const parents = [settings.extends ?? []].flat().filter((one) => typeof one === 'string');
  const inherited = parents.map((parent) => {
    if (!parent.startsWith('.')) return optionsOfPackage(files, parent, depth);
    const at = posix.join(posix.dirname(path), parent);
    return optionsFrom(files, at.endsWith('.json') ? at : `${at}.json`, depth + 1);
  });
  return Object.assign({}, ...inherited, settings.compilerOptions);
}

function optionsOfPackage(
  files: HostFiles,
  name: string,
  depth: number,
): Readonly<Record<string, unknown>> {
  for (const file of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    if (files.read(`node_modules/${file}`) === undefined) continue;
    return optionsFrom(files, `node_modules/${file}`, depth + 1);
  }
  // Not installed yet: the well-known ones for Node.js differ in the target only.
  return /^@tsconfig\/node\d/.test(name) ? { module: 'node16', moduleResolution: 'node16' } : {};
}

/** The language of a host: that of the file which makes its application, else that of most files. */
export function languageOf(
  files: HostFiles,
  json: PackageJson,
  appPath: string | undefined,
): HostShape['language'] {
  if (appPath !== undefined) return /\.[cm]?ts$/.test(appPath) ? 'typescript' : 'javascript';
  const sources = files.sources();
  const typed = sources.filter((path) => /\.[cm]?ts$/.test(path)).length;
  const asks = rangeOf(json, 'typescript') !== undefined && files.has('tsconfig.json');
  return typed * 2 > sources.length || (asks && typed > 0) ? 'typescript' : 'javascript';
}

/** How Node.js loads the host's files. */
export function modulesOf(
  files: HostFiles,
  json: PackageJson,
  language: HostShape['language'],
  appPath: string | undefined,
): HostShape['modules'] {
  if (appPath !== undefined && /\.m[jt]s$/.test(appPath)) return 'esm';
  if (appPath !== undefined && /\.c[jt]s$/.test(appPath)) return 'commonjs';
  if (language === 'typescript') {
    const { module } = compilerOptionsOf(files);
    if (typeof module === 'string' && /^commonjs$/i.test(module)) return 'commonjs';
  }
  return json.type === 'module' ? 'esm' : 'commonjs';
}

/** Whether the compiler checks the typings of packages, too: it does unless it is told not to. */
export function checksLibraries(files: HostFiles): boolean {
  return files.has('tsconfig.json') && compilerOptionsOf(files).skipLibCheck !== true;
}

/** What the host's own relative imports end in, as most of them do. */
export function importSuffixOf(
  texts: readonly string[],
  language: HostShape['language'],
  modules: HostShape['modules'],
): HostShape['importSuffix'] {
  const ways = texts.flatMap((text) => [...text.matchAll(RELATIVE)].map(([, way = '']) => way));
  const votes = { '.js': 0, '.ts': 0, '': 0 };
  for (const way of ways) {
    if (/\.[cm]?js$/.test(way)) votes['.js']++;
    else if (/\.[cm]?ts$/.test(way)) votes['.ts']++;
    else if (!/\.json$/.test(way)) votes['']++;
  }
  const [winner] = (['', '.js', '.ts'] as const).toSorted((a, b) => votes[b] - votes[a]);
  if (winner !== undefined && votes[winner] > 0) {
    // Node.js itself finds no file without its ending.
    return winner === '' && language === 'javascript' && modules === 'esm' ? '.js' : winner;
  }
  return modules === 'esm' ? '.js' : '';
}

const RELATIVE = /(?:from|import|require\()\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;
