import { posix } from 'node:path';
import type { EnvVariable, Feature } from '../features/feature.ts';
import { hasAccounts, isPartOf, type Module } from '../features/modules.ts';
import { VERSIONS } from '../features/versions.ts';
import type { HostShape } from '../host/shape.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { variablesOf } from './environment.ts';
import { hostCode } from './host-code/host-code.ts';
import { commonPasswordsModule, migrationsModule } from './host-embedded.ts';
import { hostNames, hostTables } from './host-names.ts';
import { type ProjectContext, projectContext, renderTemplates } from './project-context.ts';
import type { Tree, TreeFile } from './tree.ts';

/** What a module asks of the repo that it goes into. */
export interface HostNeeds {
  /** Version ranges by package. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** For `.env` and `.env.example`, by the names that the module reads. */
  readonly env: readonly EnvVariable[];
}

/** What a project has as a whole, and a module leaves to the app. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'src/server.ts',
  'src/app.ts',
  'src/manage-users.ts',
  'src/http/health.ts',
  'src/http/http-server.ts',
  'src/http/request-log.ts',
]);

/**
 * Renders the module that goes into a repo that exists, from the templates of projects: its paths are relative to the
 * repo's package, its files written the way the repo writes its own.
 */
export async function renderHostModule(
  answers: ProjectAnswers,
  shape: HostShape,
  modules: readonly Module[] = ['auth'],
): Promise<Tree> {
  return new Map(
    [...hostSources(answers, shape, modules)]
      .flatMap(([path, file]): [string, TreeFile][] => {
        const [name, content] = hostCode(path, aliased(String(file.content), shape), shape) ?? [];
        if (name === undefined || content === undefined) return [];
        return [[`${shape.folder}/${name}`, { ...file, content }]];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The files of the module as TypeScript in our own style, relative to its folder. */
export function hostSources(
  answers: ProjectAnswers,
  shape: HostShape,
  modules: readonly Module[] = ['auth'],
): Tree {
  const project = projectFiles(contextOf(answers, shape, modules));
  const files = new Map<string, TreeFile>();
  for (const [path, file] of project) {
    if (path.startsWith('src/')) files.set(path.slice('src/'.length), file);
  }
  const add = (path: string, content: string): void => {
    files.set(path, { content, mode: 0o644, feature: 'in-host' });
  };
  add('database/migrations.ts', migrationsModule(project));
  add('auth/common-passwords.ts', commonPasswordsModule(project));
  return new Map(
    [...reachable(files)].map(([path, file]) => [
      path,
      { ...file, content: hostNames(hostTables(path, String(file.content))) },
    ]),
  );
}

/** The README, and what the index imports, by however many steps. */
function reachable(files: ReadonlyMap<string, TreeFile>): ReadonlyMap<string, TreeFile> {
  const found = new Map<string, TreeFile>();
  const add = (path: string): void => {
    const file = files.get(path);
    if (!file) throw new Error(`a module lacks its file ${path}`);
    if (found.has(path)) return;
    found.set(path, file);
    for (const from of importsOf(file)) {
      if (from.startsWith('.')) add(posix.join(posix.dirname(path), from).replace(/js$/, 'ts'));
    }
  };
  add('index.ts');
  add('README.md');
  return found;
}

function importsOf({ content }: TreeFile): readonly string[] {
  return [...String(content).matchAll(/^(?:import|export|\}) [^;]*?from "([^"]+)";$/gm)].map(
    ([, from = '']) => from,
  );
}

/** The code with the names under which this host has packages. */
function aliased(code: string, { aliases = {} }: HostShape): string {
  return code.replace(
    /(\bfrom |\bimport\(|\bdeclare module )"((?:@[^/"]+\/)?[^/".]+)/g,
    (whole, before: string, name: string) =>
      Object.hasOwn(aliases, name) ? `${before}"${aliases[name]}` : whole,
  );
}

/** The same for what a package.json asks for. */
function aliasedRanges(
  ranges: Readonly<Record<string, string>>,
  { aliases = {} }: HostShape,
): Readonly<Record<string, string>> {
  const types = Object.entries(aliases).map(([name, alias]) => [
    `@types/${name}`,
    `@types/${alias}`,
  ]);
  const names: Readonly<Record<string, string>> = { ...aliases, ...Object.fromEntries(types) };
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => {
      const alias = Object.hasOwn(names, name) ? names[name] : undefined;
      return alias === undefined ? [name, range] : [alias, `npm:${name}@${range}`];
    }),
  );
}

/** The packages and the settings of the modules that `renderHostModule` renders. */
export function hostNeeds(
  answers: ProjectAnswers,
  shape: HostShape,
  modules: readonly Module[] = ['auth'],
): HostNeeds {
  const { features, answers: all } = contextOf(answers, shape, modules);
  const code = [...hostSources(answers, shape, modules).values()];
  const packages = new Set(code.flatMap(importsOf).map(packageOf));
  const types = [...packages].map((name) => (name.startsWith('node:') ? 'node' : name));
  const ofModules = hasAccounts(modules)
    ? features
    : features.filter(({ id }) => isPartOf(id, modules));
  return {
    dependencies: aliasedRanges(
      versions([...packages].filter((name) => name !== 'express')),
      shape,
    ),
    devDependencies:
      shape.language === 'typescript'
        ? aliasedRanges(
            versions(types.filter((name) => name !== 'express').map((name) => `@types/${name}`)),
            shape,
          )
        : {},
    env: variablesOf(ofModules, all).map((variable) => ({
      ...variable,
      name: hostNames(variable.name),
      comment: hostNames(variable.comment),
    })),
  };
}

/** `drizzle-orm/pg-core` is in `drizzle-orm`. */
function packageOf(specifier: string): string {
  return /^(?:node:.+|@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;
}

/** Of those names, what we have versions of. */
function versions(names: readonly string[]): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = VERSIONS;
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const version = known[name];
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

function contextOf(
  answers: ProjectAnswers,
  shape: HostShape,
  modules: readonly Module[],
): ProjectContext {
  return projectContext({ ...answers, host: shape, modules });
}

/** What the templates make, but for what a module does not want; a file for hosts stands in for the project's own. */
function projectFiles(context: ProjectContext): ReadonlyMap<string, TreeFile> {
  const isForHosts = ({ id }: Feature): boolean => id.startsWith('in-host');
  const wanted = (path: string): boolean =>
    !LEFT_OUT.has(path) && /^(?:src|migrations|assets)\//.test(path);
  const files = new Map<string, TreeFile>();
  const ordered = [...context.features].sort(
    (a, b) => Number(isForHosts(a)) - Number(isForHosts(b)),
  );
  for (const feature of ordered) {
    for (const [path, file] of renderTemplates(feature, context, wanted)) files.set(path, file);
  }
  return files;
}
