import { gzipSync } from 'node:zlib';
import { ConflictError } from '../errors.ts';
import type { Module } from '../features/modules.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { mergePackageJson } from '../merge/package-json.ts';
import type { ProjectRecord } from '../merge/record.ts';
import { isLower } from '../merge/version-range.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { BEFORE } from '../record-paths.ts';
import { settingsOf } from '../render/environment.ts';
import { hostNeeds, renderHostModule } from '../render/host-module.ts';
import { recordFiles } from '../render/shared-files.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import {
  databaseFiles,
  environmentWith,
  exampleFileOf,
  exampleWith,
  ignoreLine,
  ignoring,
} from './environment.ts';
import type { HostFiles } from './host-files.ts';
import { keepMigrations } from './host-migrations.ts';
import { rangeOf } from './package-facts.ts';
import type { Replaceable } from './replaceable.ts';
import type { HostShape } from './shape.ts';
import type { Wired } from './wire.ts';

/** What a host is to have. */
export interface HostRequest {
  readonly answers: ProjectAnswers;
  readonly shape: HostShape;
  readonly modules: readonly Module[];
  /** What of the host's own has given way to ours. */
  readonly replaced: readonly Replaceable[];
  /** The host as it was before ours came. */
  readonly files: HostFiles;
  readonly wired: readonly Wired[];
  /** What was recorded when ours was added or renewed last. */
  readonly record: ProjectRecord | undefined;
  /** What was recorded as added to `.env` before. */
  readonly env: readonly string[];
}

/** Id that owns what is a host's own. */
const HOST = 'host';

/** What a host is to have, and what its own files were that this is made from: undefined for one that was not there. */
interface Rendered {
  readonly tree: Tree;
  readonly before: ReadonlyMap<string, string | undefined>;
}

/**
 * Everything that a host is to have of ours: the module, and the host's own files with what they need for it.
 *
 * @throws {ConflictError} where the host has a version of a package that ours cannot use.
 */
export async function renderHost(request: HostRequest): Promise<Rendered> {
  const { answers, shape, modules, files, wired, record } = request;
  const needs = hostNeeds(answers, shape, modules);
  const example = settingsOf(needs.env, answers, false);
  const required = needs.env.filter(({ drawSecret }) => drawSecret !== undefined);
  const secrets = settingsOf(required, answers, true);
  const above = files.above.map((folder) => folder.read('.gitignore'));
  const databases = [
    ...databaseFiles(needs.env, answers),
    // Accounts that are no longer asked for are there still.
    ...databaseFiles(hostNeeds(answers, shape, ['auth']).env, answers).filter(
      (path) =>
        files.has(path) &&
        record?.base.get('.gitignore')?.split(/\r?\n/).includes(ignoreLine(path)),
    ),
  ].map(ignoreLine);
  const own: (readonly [string, string | undefined, string | undefined])[] = [
    ...wired.map(({ path, before, after }) => [path, before, after] as const),
    withChange('package.json', files, (text) => packageJsonWith(text ?? '{}', needs, shape)),
    withChange('.gitignore', files, (text) =>
      ignoring(text, above, ['.env', ...new Set(databases)]),
    ),
    withChange(exampleFileOf(files), files, (text) =>
      example ? exampleWith(text, example) : text,
    ),
  ];
  const changed = own.filter(([, before, after]) => before !== after);
  const made = await renderHostModule(answers, shape, modules);
  const tree = new Map(
    record === undefined ? made : await keepMigrations(made, record, answers, shape),
  );
  for (const [path, , after] of changed) tree.set(path, hostFile(after ?? ''));
  const before = new Map(changed.map(([path, text]) => [path, text]));
  for (const file of recordOf(request, tree, required)) tree.set(...file);
  const recorded = Object.fromEntries([...before].map(([path, text]) => [path, text ?? null]));
  tree.set(BEFORE, hostFile(gzipSync(JSON.stringify(recorded))));
  if (required.length > 0) {
    const content = environmentWith(files.read('.env'), secrets);
    tree.set('.env', { content, mode: 0o600, feature: HOST, secret: true });
  }
  return { tree: new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1))), before };
}

function withChange(
  path: string,
  files: HostFiles,
  change: (text: string | undefined) => string | undefined,
): readonly [string, string | undefined, string | undefined] {
  const text = files.read(path);
  return [path, text, change(text)];
}

function hostFile(content: TreeFile['content']): TreeFile {
  return { content, mode: 0o644, feature: HOST };
}

function recordOf(
  { answers, shape, modules, replaced, wired, env }: HostRequest,
  tree: Tree,
  required: readonly { readonly name: string }[],
): Iterable<readonly [string, TreeFile]> {
  const host = {
    shape,
    modules,
    ...(replaced.length > 0 && { replaced }),
    wiring: wired.map(({ path, inserted, standsIn }) => ({
      path,
      inserted,
      ...(standsIn && { standsIn }),
    })),
    env: [...new Set([...env, ...required.map(({ name }) => name)])],
  };
  return recordFiles(answers, tree, undefined, host);
}

function packageJsonWith(
  text: string,
  {
    dependencies,
    devDependencies,
  }: Pick<ReturnType<typeof hostNeeds>, 'dependencies' | 'devDependencies'>,
  { express }: HostShape,
): string {
  // Types run nowhere: newer ones stay, and older ones are raised.
  const types = Object.fromEntries(
    Object.entries({
      ...devDependencies,
      ...typesOfExpress(text, devDependencies, express),
    }).filter(([name, range]) => !hasNewer(text, name, range)),
  );
  const ours =
    Object.keys(types).length === 0
      ? text
      : merged(text, { devDependencies: types }, 'theirs').content;
  const { content, conflicts } = merged(ours, { dependencies }, 'fail');
  if (conflicts.length === 0) return content;
  throw new ConflictError({
    code: 'dependency-versions',
    message: `This repo has versions of packages that ours cannot use: ${conflicts.join('; ')}; nothing was written`,
    where: 'package.json',
    mend: 'Bring those packages to the versions named as ours, see that your tests pass, and run this again.',
  });
}

/** Those of Express 4 that know today's types of Node.js: older ones do not pass beside them, once these are raised. */
function typesOfExpress(
  text: string,
  { '@types/node': node }: Readonly<Record<string, string>>,
  express: HostShape['express'],
): Readonly<Record<string, string>> {
  const present = typeof node === 'string' ? rangeIn(text, '@types/node') : undefined;
  const isRaised = present !== undefined && isLower(present, node ?? '');
  return express === 4 && isRaised ? { '@types/express': '^4.17.25' } : {};
}

function rangeIn(text: string, name: string): string | undefined {
  return rangeOf(JSON.parse(text.replace(/^\uFEFF/, '')), name);
}

function merged(ours: string, theirs: object, onConflict: OnConflict) {
  return mergePackageJson({ base: '{}', ours, theirs: JSON.stringify(theirs) }, onConflict);
}

function hasNewer(text: string, name: string, range: string): boolean {
  const present = rangeIn(text, name);
  return present !== undefined && isLower(range, present);
}
