import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Answers } from '../src/options/answers.ts';
import { type Lab, openLab, ROOT } from './lib/lab.ts';
import { describeMachine, loadAverage } from './lib/machine.ts';
import { loginVariants, meVariants } from './lib/variants.ts';
import { benchLoad } from './load.ts';
import { benchLogins } from './logins.ts';
import { benchMe } from './me.ts';
import { benchRegenerate } from './regenerate.ts';
import { type Part, resultsWith } from './results.ts';
import { benchStartUp } from './start-up.ts';

/**
 * `npm run bench` measures everything and writes `bench/RESULTS.md`; with `--only start-up|regenerate|me|logins|load`
 * one section of it. With `--quick` it takes a fast look, and only prints.
 */

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { quick, only } = values;

/** How one section of the page is measured. */
interface Measurement {
  readonly part: Exclude<Part, 'stores'>;
  /** The projects that run for it. */
  readonly projects: ReadonlyMap<string, Answers>;
  /** The packages whose version is told with the figures. */
  readonly packages: readonly string[];
  readonly measure: (lab: Lab) => string | Promise<string>;
}

const measurements: readonly Measurement[] = [
  {
    part: 'start-up',
    projects: new Map(),
    packages: ['create-vite'],
    measure: (lab) => benchStartUp(lab, { pairs: quick ? 5 : 25 }),
  },
  {
    part: 'regenerate',
    projects: new Map(),
    packages: [],
    measure: () => benchRegenerate({ runs: quick ? 5 : 25 }),
  },
  {
    part: 'me',
    projects: meVariants,
    packages: ['express', 'passport-jwt', 'better-auth', 'better-sqlite3', 'libsql'],
    measure: (lab) => benchMe(lab, quick ? { rounds: 3, seconds: 1 } : { rounds: 9, seconds: 2 }),
  },
  { part: 'logins', projects: loginVariants, packages: ['express'], measure: benchLogins },
  {
    part: 'load',
    projects: loginVariants,
    packages: ['express'],
    measure: (lab) => benchLoad(lab, { seconds: quick ? 10 : 60 }),
  },
];

const RESULTS = new URL('RESULTS.md', import.meta.url);

const wanted = measurements.filter(({ part }) => only === undefined || only === part);
if (wanted.length === 0) {
  const parts = measurements.map(({ part }) => part);
  console.error(`There is no part ${only}; there are ${parts.join(', ')}.`);
  process.exitCode = 2;
} else await measureAll();

async function measureAll(): Promise<void> {
  await execa('npm', ['run', 'build'], { cwd: ROOT });
  const lab = await openLab(new Map(wanted.flatMap(({ projects }) => [...projects])));
  let page = quick ? '' : await readFile(RESULTS, 'utf8');
  for (const { part, packages, measure } of wanted) {
    const machine = describeMachine();
    const figures = await measure(lab);
    const lines = [machine, `- load average at the end: ${loadAverage()}`];
    if (packages.length > 0) lines.push(`- ${await versions(lab, packages)}`);
    page = resultsWith(page, part, `${lines.join('\n')}\n\n${figures}`);
    // At once: a later one that fails takes nothing away.
    if (!quick) await writeFile(RESULTS, page);
  }
  if (quick) console.log(`\n${page}`);
}

async function versions(lab: Lab, names: readonly string[]): Promise<string> {
  const found = await Promise.all(names.map(async (name) => `${name} ${await lab.version(name)}`));
  return found.join(', ');
}
