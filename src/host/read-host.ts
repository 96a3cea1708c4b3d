import { ConflictError, InputError } from '../errors.ts';
import { printable } from '../options/printable.ts';
import { pinned } from '../options/reproduce.ts';
import { type AppCreation, findCreations } from './app-creation.ts';
import { type Finding, findProtection } from './existing-protection.ts';
import { type HostFiles, MOST_SOURCES } from './host-files.ts';
import { resolveImport, roleOfFile } from './imports-of-host.ts';
import { checksLibraries, importSuffixOf, languageOf, modulesOf } from './module-facts.ts';
import { findMountingPlace, type MountingPlace } from './mounting-place.ts';
import {
  type PackageJson,
  packageManagerOf,
  readPackageJson,
  testRunnerOf,
  versionOf,
} from './package-facts.ts';
import { type Replacement, replaceProtection } from './replace-protection.ts';
import { REPLACEABLE, type Replaceable } from './replaceable.ts';
import { runningSources } from './running-sources.ts';
import type { HostShape } from './shape.ts';
import { readStyle } from './style.ts';
import { withoutMounted } from './sub-applications.ts';

/** A repo that we did not make, as far as it was understood. */
export interface Host {
  readonly shape: HostShape;
  readonly findings: readonly Finding[];
  readonly app: FoundApp;
  /** The text of the file that makes the application, as it was read. */
  readonly appText: string | undefined;
  /** What of the host's own has given way to ours, in sight: the disk is as it was. */
  readonly replacements: readonly Replacement[];
}

/** Where a host makes its application, and where something can be mounted in it. */
export type FoundApp =
  | { readonly kind: 'found'; readonly creation: AppCreation; readonly place: MountingPlace }
  | {
      readonly kind: 'unclear';
      /** What was not understood, in one line. */
      readonly why: string;
      /** Where a person should look, as far as that is known. */
      readonly creation: AppCreation | undefined;
    };

/** What reading cannot know. */
export interface Circumstances {
  /** The package manager where the host has none. */
  readonly packageManager: HostShape['packageManager'];
  /** Where the module is already, if it is. */
  readonly folder?: string | undefined;
  /** The file that ours is mounted in already, if it is: no other is looked for. */
  readonly appPath?: string | undefined;
  /** What of the host's own is to give way to ours. */
  readonly replace?: readonly Replaceable[];
  /** Those that have given way already. */
  readonly replaced?: readonly Replaceable[];
}

/**
 * Reads what a host is like; looks at its files, and changes nothing.
 *
 * @throws {InputError} where there is no package that uses Express 4 or 5.
 * @throws {ConflictError} where its TypeScript or Babel is too old for what would be added, or what is to give way is not
 *   understood.
 */
export function readHost(files: HostFiles, circumstances: Circumstances): Host {
  const json = readPackageJson(files);
  if (json === undefined) {
    throw new InputError({
      code: 'no-package',
      message: 'There is no package.json here that can be read',
      where: 'package.json',
      mend: 'Go to the package that uses Express, or name it with --cwd.',
    });
  }
  const express = expressOf(files, json);
  checkBabel(files, json);
  const app = findApp(files, json, circumstances.appPath);
  const appPath = app.creation?.path;
  const language = languageOf(files, json, appPath);
  if (language === 'typescript') checkTypeScript(files, json);
  const modules = modulesOf(files, json, language, appPath);
  const texts = sampleOf(files, appPath);
  const sourceRoot = sourceRootOf(files, appPath);
  const shape: HostShape = {
    language,
    modules,
    importSuffix: importSuffixOf(texts, language, modules),
    express,
    testRunner: testRunnerOf(json),
    packageManager: packageManagerOf(files, circumstances.packageManager),
    sourceRoot,
    folder: circumstances.folder ?? freeFolder(files, sourceRoot),
    style: readStyle(texts),
  };
  const { replace = [], replaced = [] } = circumstances;
  const after = replaceProtection({
    files,
    modules: REPLACEABLE.filter((one) => replace.includes(one) || replaced.includes(one)),
    before: replaced,
    findApp: (changed) => findApp(changed, json, circumstances.appPath),
  });
  const findings = [
    ...after.replacements.map(findingOf),
    // What has given way is neither kept nor a risk.
    ...findProtection(after.files, json),
    ...(language === 'typescript' && checksLibraries(files) ? [LIBRARY_CHECK] : []),
    ...(files.hasMore() ? [MANY_SOURCES] : []),
  ];
  const { app: found, replacements } = after;
  return { shape, findings, app: found, appText: app.creation?.text, replacements };
}

/** Nothing of ours can mend it: the typings of drizzle-orm name the drivers of every database. */
const LIBRARY_CHECK: Finding = {
  kind: 'step',
  code: 'library-check',
  where: 'tsconfig.json',
  message:
    'the typings of packages are checked, too, and those of drizzle-orm do not pass without every database: set "skipLibCheck": true',
};

const MANY_SOURCES: Finding = {
  kind: 'step',
  code: 'many-sources',
  where: 'package.json',
  message: `this package has more than ${MOST_SOURCES} source files, and only so many were looked at, those in src and of its scripts first: your own protection elsewhere is not told`,
};

function findingOf({ module, where, was }: Replacement): Finding {
  const settings = /^\w+\(\)$/.test(was) ? '' : ', and what you set in it with it';
  const message = `your ${was} gives way to ours${settings}`;
  return { kind: 'replaced', code: module, message, where };
}

/** As many of a host's files as it takes to see how it is written, those beside the application first. */
const SAMPLE = 200;

function sampleOf(files: HostFiles, appPath: string | undefined): readonly string[] {
  const sources = runningSources(files);
  const first = appPath === undefined ? [] : [appPath];
  return [...new Set([...first, ...sources])]
    .slice(0, SAMPLE)
    .flatMap((path) => files.read(path) ?? []);
}

function expressOf(files: HostFiles, json: PackageJson): HostShape['express'] {
  const version = versionOf(files, json, 'express');
  const asks = [json.dependencies, json.devDependencies, json.peerDependencies].some(
    (section) => section?.express !== undefined,
  );
  if (!asks) {
    throw new InputError({
      code: 'no-express',
      message: 'The package.json here does not name Express',
      where: 'package.json',
      mend: `Go to the package that uses Express, or name it with --cwd. For a new project: ${pinned('my-api')}`,
    });
  }
  // A range such as `*` or `latest`.
  const major = version?.major ?? 5;
  if (major === 4 || major === 5) return major;
  throw new ConflictError({
    code: 'express-version',
    message: `Express here is ${printable(version?.text ?? '')}, and what would be added is for Express 4 and 5`,
    where: 'package.json',
    mend: 'Move to Express 4 or 5 first.',
  });
}

function checkTypeScript(files: HostFiles, json: PackageJson): void {
  const version = versionOf(files, json, 'typescript');
  if (version === undefined || version.major >= 5) return;
  throw new ConflictError({
    code: 'typescript-version',
    message: `TypeScript here is ${printable(version.text)}, which cannot read the types of what would be added; nothing was written`,
    where: 'package.json',
    mend: 'Move to TypeScript 5 or later first.',
  });
}

/** The package is called @babel/core since 7; of the old name there is a bridge to that. */
function checkBabel(files: HostFiles, json: PackageJson): void {
  const version = versionOf(files, json, 'babel-core');
  if (version === undefined || version.major >= 7) return;
  throw new ConflictError({
    code: 'babel-version',
    message: `Babel here is ${printable(version.text)}, which cannot read what would be added; nothing was written`,
    where: 'package.json',
    mend: 'Move to Babel 7 or later first.',
  });
}

function findApp(files: HostFiles, json: PackageJson, known: string | undefined): FoundApp {
  const sources = known === undefined ? runningSources(files) : [known];
  const creations = sources.flatMap((path) => findCreations(path, files.read(path) ?? ''));
  const own = withoutMounted(creations, files, sources, (path) => sourceRootOf(files, path));
  const [creation, ...others] = narrow(own, json);
  if (creation === undefined) {
    return { kind: 'unclear', why: 'no file here calls express()', creation };
  }
  if (others.length > 0) {
    const places = [creation, ...others].map(({ path, line }) => `${path}:${line}`);
    const why = `an application is made in more than one place: ${places.join(', ')}`;
    return { kind: 'unclear', why, creation };
  }
  const sourceRoot = sourceRootOf(files, creation.path);
  const place = findMountingPlace(creation, (module, from) => {
    const path = resolveImport(files, module, from, sourceRoot);
    return path === undefined ? 'unknown' : roleOfFile(files.read(path));
  });
  if (place !== undefined) return { kind: 'found', creation, place };
  const why =
    creation.receiver === undefined
      ? `which variable is your app in ${creation.path} could not be told: express() is called in line ${creation.line}, and what it gives is not given a name there`
      : `the app is made in ${creation.path}, line ${creation.line}; where its first route is mounted could not be told`;
  return { kind: 'unclear', why, creation };
}

/** Where applications are made in several files, the one that the package starts with is meant. */
function narrow(creations: readonly AppCreation[], json: PackageJson): readonly AppCreation[] {
  if (creations.length < 2) return creations;
  const { start, dev, serve } = json.scripts ?? {};
  const words = [json.main, start, dev, serve].filter((one) => typeof one === 'string').join(' ');
  const started = [...words.matchAll(/[\w./-]+\.[cm]?[jt]s\b/g)].map(([path]) =>
    path.replace(/^\.\//, '').replace(/^(dist|build|lib|out)\//, ''),
  );
  const stems = started.map((path) => path.replace(/\.[cm]?[jt]s$/, ''));
  const direct = creations.filter(({ path }) => {
    const stem = path.replace(/\.[cm]?[jt]s$/, '');
    return stems.some((one) => stem === one || stem === `src/${one}`);
  });
  return direct.length > 0 ? direct : creations;
}

function sourceRootOf(files: HostFiles, appPath: string | undefined): string {
  if (appPath === undefined) return files.has('src') ? 'src' : '';
  return appPath.includes('/') ? (appPath.split('/')[0] ?? '') : '';
}

const NAMES = ['secure-auth', 'secure-express', 'secure-auth-2', 'secure-auth-3'];

/** A name that neither a folder nor a file of it has: `x.ts` would hide `x/index.ts`. */
function freeFolder(files: HostFiles, sourceRoot: string): string {
  const within = sourceRoot === '' ? '' : `${sourceRoot}/`;
  const endings = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json'];
  const free = NAMES.map((name) => `${within}${name}`).find((path) =>
    endings.every((ending) => !files.has(`${path}${ending}`)),
  );
  if (free !== undefined) return free;
  throw new ConflictError({
    code: 'no-folder',
    message: `There is no free name for a folder in ${sourceRoot || '.'}`,
    where: `${within}${NAMES[0]}`,
    mend: `Move ${within}${NAMES[0]} away.`,
  });
}
