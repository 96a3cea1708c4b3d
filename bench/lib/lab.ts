import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Answers } from '../../src/options/answers.ts';
import { renderProject } from '../../src/render/project.ts';
import type { Tree } from '../../src/render/tree.ts';

/** Where everything that is measured is made: below one node_modules, so that all use the same Express. */
const LAB = fileURLToPath(new URL('../.cache/', import.meta.url));
const RIVALS = fileURLToPath(new URL('../rivals/', import.meta.url));

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a project's package.json says that matters here. */
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

export interface Lab {
  /** The folder of a generated project, built for production. */
  readonly project: (name: string) => string;
  /** A file below the lab's folder. */
  readonly path: (...parts: string[]) => string;
  /** The installed version of a package. */
  readonly version: (name: string) => Promise<string>;
}

/** Renders and builds the projects, and installs what they and their rivals need. */
export async function openLab(variants: ReadonlyMap<string, Answers>): Promise<Lab> {
  const path = (...parts: string[]) => join(LAB, ...parts);
  const manifests: Manifest[] = [JSON.parse(await readFile(join(RIVALS, 'package.json'), 'utf8'))];
  for (const [name, answers] of variants) {
    const tree = await renderProject(answers);
    await rm(path(name), { recursive: true, force: true });
    await write(tree, path(name));
    manifests.push(JSON.parse(String(tree.get('package.json')?.content)));
  }
  await install(manifests);
  await cp(RIVALS, path('rivals'), { recursive: true });
  await rm(path('rivals', 'package.json'));
  for (const name of variants.keys()) {
    await execa('tsc', ['-p', 'tsconfig.build.json'], { cwd: path(name), preferLocal: true });
  }
  return {
    path,
    project: path,
    version: async (name) =>
      JSON.parse(await readFile(path('node_modules', name, 'package.json'), 'utf8')).version,
  };
}

/** A SQLite file that does not exist yet. */
export function freshDatabase(lab: Lab): string {
  return `file:${lab.path('databases', `${randomBytes(8).toString('hex')}.db`)}`;
}

async function write(tree: Tree, folder: string): Promise<void> {
  for (const [path, { content, mode }] of tree) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
  }
}

/** Installs the union of what is asked for, unless that was done before. */
async function install(manifests: readonly Manifest[]): Promise<void> {
  const needed = (name: string) => name === 'typescript' || name.startsWith('@types/');
  const manifest = {
    private: true,
    type: 'module',
    dependencies: Object.assign(
      {},
      ...manifests.map(({ dependencies }) => dependencies),
      ...manifests.map(({ devDependencies = {} }) =>
        Object.fromEntries(Object.entries(devDependencies).filter(([name]) => needed(name))),
      ),
    ),
    allowScripts: Object.assign({}, ...manifests.map(({ allowScripts }) => allowScripts)),
  };
  const wanted = JSON.stringify(manifest, null, 2);
  const file = join(LAB, 'package.json');
  const present = await readFile(file, 'utf8').catch(() => '');
  await mkdir(join(LAB, 'databases'), { recursive: true });
  if (present === wanted) return;
  await writeFile(file, wanted);
  try {
    await execa('npm', ['install', '--no-audit', '--no-fund'], { cwd: LAB, stdio: 'inherit' });
  } catch (error) {
    await rm(file);
    throw error;
  }
}
