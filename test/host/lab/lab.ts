import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSIONS } from '../../../src/features/versions.ts';
import { openLab, program } from '../../matrix/lab/lab.ts';
import { run } from '../../support/run.ts';
import type { HostFixture } from './shapes.ts';
import { writeHost } from './write-host.ts';

const CACHE = fileURLToPath(new URL('../../.cache/hosts/', import.meta.url));

/** What hosts have and projects of ours do not. */
const OF_HOSTS = { jest: '^30.0.0', mocha: '^11.0.0', typescript: '^5.9.0', tsx: '^4.20.0' };

const EXPRESS = {
  4: { express: '^4.21.2', '@types/express': '^4.17.25' },
  5: {},
};

/** Installs what all hosts of each version of Express ask for, unless it is there already. */
export async function openHostLab(): Promise<void> {
  await openLab();
  for (const express of [4, 5] as const) {
    const folder = folderOf(express);
    const dependencies = { ...VERSIONS, ...OF_HOSTS, ...EXPRESS[express] };
    const packageJson = JSON.stringify({ private: true, dependencies }, null, 2);
    const stamp = join(folder, 'node_modules/.installed');
    const wanted = createHash('sha256').update(packageJson).digest('hex');
    if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) continue;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), packageJson);
    const args = ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'];
    const { exitCode, output } = await run('npm', args, folder);
    if (exitCode !== 0) throw new Error(`the packages of hosts cannot be installed\n${output}`);
    await writeFile(stamp, wanted);
  }
}

/**
 * Writes a host as it is before anything is added.
 *
 * @returns the absolute path of its package.
 */
export async function layOutHost(fixture: HostFixture, purpose: string): Promise<string> {
  const root = join(CACHE, 'runs', purpose, fixture.name);
  await rm(root, { recursive: true, force: true });
  for (const [path, text] of writeHost(fixture)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  // The end of the repository: what lies above is ours.
  await mkdir(join(root, '.git'), { recursive: true });
  await symlink(packagesOf(fixture), join(root, 'node_modules'));
  return fixture.workspace === undefined ? root : join(root, fixture.workspace);
}

/** The program of a package that hosts have. */
export function hostProgram(fixture: HostFixture, name: string): string {
  return join(packagesOf(fixture), '.bin', name);
}

/** Where the packages of a host are: those of our own projects, where it asks for no others. */
function packagesOf({ express, testRunner }: HostFixture): string {
  const isLikeOurs = express === 5 && (testRunner === 'node' || testRunner === 'vitest');
  return isLikeOurs ? dirname(dirname(program('tsc'))) : join(folderOf(express), 'node_modules');
}

function folderOf(express: HostFixture['express']): string {
  return join(CACHE, `express${express}`);
}
