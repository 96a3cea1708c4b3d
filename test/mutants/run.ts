import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { VERSIONS } from '../../src/features/versions.ts';
import { renderProject } from '../../src/render/project.ts';
import { VARIANTS } from '../attacks/lab/variants.ts';
import { layOut } from '../matrix/lab/lab.ts';
import { run, userEnvironment } from '../support/run.ts';
import { mutantsPage } from './document.ts';

/** 9 is the last that runs on Node.js 20. */
const STRYKER = { '@stryker-mutator/core': '~9.6.1', '@stryker-mutator/vitest-runner': '~9.6.1' };

/** Its packages are its own: nobody else needs Stryker. */
const FOLDER = fileURLToPath(new URL('../.cache/mutants/', import.meta.url));
const PROJECT = join(FOLDER, 'project');

const DOCUMENT = new URL('../../docs/MUTANTS.md', import.meta.url);

/** Sign-in by sessions and by tokens, key pairs, a cookie for the refresh token, CORS: the most code of all. */
const VARIANT = VARIANTS['both-es256'];

/** Texts are for people, and their tests would only repeat them. */
const LEFT_OUT = ['StringLiteral'];

/**
 * `npm run test:mutants`: changes the security code of one generated project a thousand times, a little each, and
 * counts how often the project's own tests notice. `--only src/auth/sessions.ts` changes one file (comma separated).
 * `--static` also changes what runs once when a module is loaded, which takes all tests for each change, and
 * `--concurrency 1` leaves a core to others. It takes an hour, and writes what it has seen of each file, and what
 * survived, into docs/MUTANTS.md.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'src/auth/*.ts,src/security/*.ts' },
      concurrency: { type: 'string', default: '2' },
      static: { type: 'boolean', default: false },
    },
  });
  await installOnce(JSON.stringify({ private: true, dependencies: { ...VERSIONS, ...STRYKER } }));
  await rm(PROJECT, { recursive: true, force: true });
  await layOut(await renderProject(VARIANT), PROJECT);
  await writeFile(
    join(PROJECT, 'stryker.json'),
    JSON.stringify(settings(values.only.split(','), Number(values.concurrency), !values.static)),
  );
  await writeFile(join(PROJECT, 'vitest.mutants.config.ts'), TESTS);
  const { exitCode } = await execa(
    process.execPath,
    [join(FOLDER, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.json'],
    { cwd: PROJECT, env: userEnvironment(), extendEnv: false, stdio: 'inherit', reject: false },
  );
  // A score below the least that is asked for is told by the status; the report is there all the same.
  const report = await readFile(join(PROJECT, 'reports/mutation/mutation.json'), 'utf8');
  const page = await readFile(DOCUMENT, 'utf8');
  await writeFile(
    DOCUMENT,
    mutantsPage(page, JSON.parse(report), new Date().toISOString().slice(0, 10)),
  );
  return exitCode ?? 1;
}

function settings(mutate: readonly string[], concurrency: number, ignoreStatic: boolean): object {
  return {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // Which tests run what is known from the first run: nothing has to be found out by imports.
    vitest: { configFile: 'vitest.mutants.config.ts', related: false },
    mutate,
    mutator: { excludedMutations: LEFT_OUT },
    coverageAnalysis: 'perTest',
    ignoreStatic,
    // The packages lie one folder up, and TypeScript 7 has no interface that Stryker could use.
    symlinkNodeModules: false,
    tsconfigFile: 'none.json',
    concurrency,
    timeoutMS: 30_000,
    reporters: ['clear-text', 'json', 'progress-append-only'],
    clearTextReporter: { logTests: false, reportTests: false },
    // Below this, tests have been lost.
    thresholds: { high: 95, low: 90, break: 85 },
  };
}

/** The project's tests but for those that start processes, which load the code as it is. */
const TESTS = `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/*.test.ts"],
    exclude: ["test/server.test.ts"],
    isolate: false,
    testTimeout: 60_000,
  },
});
`;

async function installOnce(packageJson: string): Promise<void> {
  // Written last, so that an installation that was broken off does not count.
  const stamp = join(FOLDER, 'node_modules/.installed');
  const before = await readFile(stamp, 'utf8').catch(() => undefined);
  if (before === packageJson) return;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), packageJson);
  const { exitCode, output } = await run('npm', ['install', '--no-audit', '--no-fund'], FOLDER);
  if (exitCode !== 0) throw new Error(`Stryker cannot be installed\n${output}`);
  await writeFile(stamp, packageJson);
}

process.exitCode = await main();
