import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ADVISORIES } from '../src/doctor/advisories.ts';
import { FEATURES } from '../src/features/registry.ts';
import { VERSIONS } from '../src/features/versions.ts';
import { type Audit, differences } from './advisories/differences.ts';

/**
 * `npm run advisories`: holds the doctor's table of known weaknesses (src/doctor/advisories.ts) against what the
 * registry's audit says of every version of every package that a generated project runs in production, theirs
 * included. Asks the registry for each package's versions, so it takes a minute; not every mirror answers audits.
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
    published.set(name, versions);
  }
  return published;
}

/** Asks for all versions at once, by a lock file that has each of them under a name of its own. */
async function audit(
  published: ReadonlyMap<string, readonly string[]>,
  folder: string,
): Promise<Audit> {
  const all = [...published].flatMap(([name, versions]) =>
    versions.map((version) => ({ name, version })),
  );
  const alias = (index: number) => `version-${index}`;
  const dependencies = Object.fromEntries(
    all.map(({ name, version }, index) => [alias(index), `npm:${name}@${version}`]),
  );
  const packages = {
    '': { dependencies },
    ...Object.fromEntries(all.map((one, index) => [`node_modules/${alias(index)}`, one])),
  };
  await writePackage(folder, dependencies);
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'audited', lockfileVersion: 3, requires: true, packages }),
  );
  // It ends with 1 where there are findings, which is what is hoped for here.
  const report = JSON.parse(await npm(folder, 'audit', '--json', '--package-lock-only'));
  if (report.vulnerabilities === undefined) {
    throw new Error(`the registry answers no audits: ${report.message}`);
  }
  return report;
}

async function writePackage(folder: string, dependencies: object): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'audited', private: true, dependencies }),
  );
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await execa('npm', args, { cwd, reject: false });
  return stdout;
}

process.exitCode = await main();
