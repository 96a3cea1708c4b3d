import { gzipSync } from 'node:zlib';
import { version as ownVersion } from '../../package.json' with { type: 'json' };
import { build } from '../build.ts';
import { resolve } from '../features/feature.ts';
import { type PackageName, VERSIONS } from '../features/versions.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { BASE, MANIFEST } from '../record-paths.ts';
import { sha256 } from '../sha256.ts';
import { environmentFile } from './environment.ts';
import type { ProjectContext } from './project-context.ts';
import type { Tree, TreeFile } from './tree.ts';

type Files = Iterable<readonly [string, TreeFile]>;

/** The files to which every feature contributes data: package.json and the environment. */
export function* sharedFiles(context: ProjectContext): Files {
  const { features, answers } = context;
  const feature = 'project';
  const environment = (withSecrets: boolean) => environmentFile(features, answers, withSecrets);
  yield ['package.json', { content: packageJson(context), mode: 0o644, feature }];
  yield ['.env.example', { content: environment(false), mode: 0o644, feature }];
  // Nobody but its owner may read it.
  yield ['.env', { content: environment(true), mode: 0o600, feature, secret: true }];
}

/** What made a project: a version of this program, and which build of it. */
interface Made {
  readonly version: string;
  readonly build?: string | undefined;
}

/**
 * The record that later versions of this program update the project by: the answers and every file's hash, and the
 * files as they were made, without secrets.
 *
 * @param made this program, or the earlier one that the project is still of
 * @param host what is recorded of a repo that we did not make
 * @param written the hash of what is in place, for files that are never rewritten
 */
export function* recordFiles(
  recorded: ProjectAnswers,
  staged: Tree,
  made: Made = { version: ownVersion, build },
  host?: Readonly<Record<string, unknown>>,
  written: ReadonlyMap<string, string> = new Map(),
): Files {
  const files = [...staged]
    .filter(([, { secret }]) => !secret)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { formerHashes = [], formerDatabase, ...answers } = recorded;
  const manifest = {
    version: made.version,
    ...(made.build !== undefined && { build: made.build }),
    answers,
    ...(formerHashes.length > 0 && { formerHashes }),
    ...(host && { host }),
    ...(formerDatabase && { formerDatabase }),
    files: Object.fromEntries(
      files.map(([path, { content, feature }]) => [
        path,
        {
          feature,
          sha256: sha256(content),
          ...(written.has(path) && { written: written.get(path) }),
        },
      ]),
    ),
  };
  const base = Object.fromEntries(files.map(([path, { content }]) => [path, content]));
  yield [
    MANIFEST,
    { content: `${JSON.stringify(manifest, null, 2)}\n`, mode: 0o644, feature: 'project' },
  ];
  yield [
    BASE,
    { content: gzipSync(JSON.stringify(base), { level: 4 }), mode: 0o644, feature: 'project' },
  ];
}

function packageJson({ answers, features }: ProjectContext): string {
  const scripts = Object.assign({}, ...features.map((one) => resolve(one.scripts ?? {}, answers)));
  const content = {
    name: answers.name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts,
    dependencies: versionsOf(features.flatMap((one) => one.dependencies ?? [])),
    devDependencies: versionsOf(features.flatMap((one) => one.devDependencies ?? [])),
    ...Object.assign({}, ...features.map((one) => one.packageJson)),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function versionsOf(names: readonly PackageName[]): Record<string, string> {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, VERSIONS[name]]));
}
