import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADVISORIES } from '../src/doctor/advisories.ts';
import { FEATURES } from '../src/features/registry.ts';
import { VERSIONS } from '../src/features/versions.ts';
import { audit, writePackage } from './advisories/audit.ts';
import { differences } from './advisories/differences.ts';
import { NoAnswer, npm } from './advisories/npm.ts';

/**
 * `npm run advisories`: holds the doctor's table of known weaknesses (src/doctor/advisories.ts) against what the
 * registry's audit says of every version of every package that a generated project runs in production, theirs
 * included. Asks the registry for each package's versions, so it takes a minute. It ends with 0 where nothing differs,
 * with 1 where something does, and with 2 where the registry does not answer: not every mirror answers audits.
 */
async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'create-secure-express-'));
  try {
    const published = await versionsOf(await runInProduction(folder), folder);
    const found = differences(ADVISORIES, await audit(published, folder), published);
    for (const line of found) console.log(line);
    console.log(
      `${ADVISORIES.length} advisories, ${published.size} packages: ${found.length} differences`,
    );
    return found.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    console.error(`Nothing was compared: ${error.message}`);
    return 2;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The names of all packages that come with what any project asks for in production. */
async function runInProduction(folder: string): Promise<readonly string[]> {
  const direct = FEATURES.flatMap(({ dependencies = [] }) => dependencies);
  const dependencies = Object.fromEntries(direct.map((name) => [name, VERSIONS[name]]));
  await writePackage(folder, dependencies);
  await npm(folder, 'install', '--package-lock-only', '--no-audit', '--no-fund');
  const lock: Lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const paths = Object.keys(lock.packages).filter((path) => path !== '');
  return [...new Set(paths.map((path) => path.replace(/^.*node_modules\//, '')))].sort();
}

interface Lock {
  readonly packages: Readonly<Record<string, object>>;
}

async function versionsOf(
  names: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const published = new Map<string, readonly string[]>();
  for (const name of names) {
    // One version alone comes as a text.
    const versions = [JSON.parse(await npm(folder, 'view', name, 'versions', '--json'))].flat();
    if (!versions.every((version) => typeof version === 'string')) {
      throw new Error(`the registry does not tell the versions of ${name}`);
    }
    published.set(name, versions);
  }
  return published;
}

process.exitCode = await main();
