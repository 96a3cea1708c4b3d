import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Audit } from './differences.ts';
import { NoAnswer, runNpm } from './npm.ts';

/**
 * Asks the registry for the advisories of all versions at once (`POST /-/npm/v1/security/advisories/bulk`), by a lock
 * file that has each of them under a name of its own. npm does the asking, so its settings count: registry, token, proxy.
 *
 * @param published the versions to ask for, by the package's name
 * @param folder an empty one, or one of an earlier audit
 * @param env more for npm's environment
 * @throws {NoAnswer} where the registry answers no audits, or knows of nothing at all
 */
export async function audit(
  published: ReadonlyMap<string, readonly string[]>,
  folder: string,
  env: NodeJS.ProcessEnv = {},
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
  const { stdout, stderr } = await runNpm(folder, ['audit', '--json', '--package-lock-only'], env);
  const report = parse(stdout);
  if (report?.vulnerabilities === undefined) {
    throw new NoAnswer(`the registry answers no audits: ${report?.message ?? stderr}`);
  }
  // Some mirrors take the question and answer nothing; of this many old versions some have something.
  if (Object.keys(report.vulnerabilities).length === 0) {
    throw new NoAnswer('the registry answers audits, but knows no advisory of any version');
  }
  return { vulnerabilities: report.vulnerabilities };
}

/** Makes a folder a package that npm can work on. */
export async function writePackage(folder: string, dependencies: object): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'audited', private: true, dependencies }),
  );
}

function parse(text: string): (Partial<Audit> & { readonly message?: string }) | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
