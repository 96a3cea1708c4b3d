import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { openLab, ROOT } from './lib/lab.ts';
import { describeMachine } from './lib/machine.ts';
import { loginVariants, meVariants } from './lib/variants.ts';
import { benchLoad } from './load.ts';
import { benchLogins } from './logins.ts';
import { benchMe } from './me.ts';
import { benchRegenerate } from './regenerate.ts';
import { BY_STORE, type Findings, results } from './results.ts';
import { benchStartUp } from './start-up.ts';

/**
 * `npm run bench` measures everything and writes `bench/RESULTS.md`. With `--quick` it takes a fast look, and with
 * `--only start-up|regenerate|me|logins|load` a look at one part; both only print.
 */

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { quick, only } = values;
const wants = (part: string) => only === undefined || only === part;

const machine = describeMachine();
await execa('npm', ['run', 'build'], { cwd: ROOT });
// What needs no project that runs needs no lab.
const variants = only === 'regenerate' ? [] : [...meVariants, ...loginVariants];
const lab = await openLab(new Map(variants));
const findings: Findings = {
  machine,
  versions: await versions(),
  ...(wants('start-up') && { startUp: benchStartUp(lab, { pairs: quick ? 5 : 25 }) }),
  ...(wants('regenerate') && { regenerate: benchRegenerate({ runs: quick ? 5 : 25 }) }),
  ...(wants('me') && {
    me: await benchMe(lab, quick ? { rounds: 3, seconds: 1 } : { rounds: 9, seconds: 2 }),
  }),
  ...(wants('logins') && { logins: await benchLogins(lab) }),
  ...(wants('load') && { load: await benchLoad(lab, { seconds: quick ? 10 : 60 }) }),
};
const text = results(findings);
if (quick || only !== undefined) console.log(`\n${text}`);
else await writeResults(text);

/** What `npm run bench:stores` wrote last stays. */
async function writeResults(text: string): Promise<void> {
  const file = join(ROOT, 'bench/RESULTS.md');
  const [, byStore] = (await readFile(file, 'utf8')).split(BY_STORE);
  await writeFile(file, byStore === undefined ? text : `${text}\n${BY_STORE}${byStore}`);
}

async function versions(): Promise<string> {
  const names = [
    'express',
    'passport-jwt',
    'better-auth',
    'better-sqlite3',
    'libsql',
    'create-vite',
  ];
  const found = await Promise.all(names.map(async (name) => `${name} ${await lab.version(name)}`));
  return found.join(', ');
}
