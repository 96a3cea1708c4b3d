import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSIONS } from '../../../src/features/versions.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { run } from '../../support/run.ts';

/**
 * One folder with every package that any project asks for. Projects below it find them, so that none of them has to
 * install anything; that each declares what it uses is checked elsewhere.
 */
const LAB = fileURLToPath(new URL('../../.cache/lab/', import.meta.url));

/** What repos that exist still have, beside what projects have. */
const EXPRESS_4 = {
  express4: 'npm:express@^4.21.0',
  '@types/express4': 'npm:@types/express@^4.17.21',
};

/** The program of a package in the lab. */
export function program(name: string): string {
  return join(LAB, 'node_modules/.bin', name);
}

/** Installs the packages, unless the same versions are there already. */
export async function openLab(): Promise<void> {
  const dependencies = { ...VERSIONS, ...EXPRESS_4 };
  const packageJson = JSON.stringify({ private: true, dependencies }, null, 2);
  const stamp = join(LAB, 'node_modules/.installed');
  const wanted = createHash('sha256').update(packageJson).digest('hex');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;

  await rm(LAB, { recursive: true, force: true });
  await mkdir(LAB, { recursive: true });
  await writeFile(join(LAB, 'package.json'), packageJson);
  const { exitCode, output } = await run('npm', ['install', '--no-audit', '--no-fund'], LAB);
  if (exitCode !== 0) throw new Error(`the lab's packages cannot be installed\n${output}`);
  await writeFile(stamp, wanted);
}

/** An empty folder in the lab. */
export async function labFolder(name: string): Promise<string> {
  const folder = join(LAB, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Writes a project, or a part of one. */
export async function layOut(tree: Tree, folder: string): Promise<void> {
  for (const [path, { content, mode }] of tree) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
  }
}
