import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Result } from '../../../src/attacks/attack.ts';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { isFine } from '../../../src/attacks/report.ts';
import { eachAtOnce } from '../../../src/attacks/runner.ts';
import { renderProject } from '../../../src/render/project.ts';
import { openLab } from '../../matrix/lab/lab.ts';
import type { Variant } from '../../matrix/variants.ts';
import { newPlaces, serversFor } from '../../services/lab/places.ts';
import { missing } from '../../services/lab/programs.ts';
import { type Servers, startServers } from '../../services/lab/servers.ts';
import { attackProject } from '../lab/attack-project.ts';
import { attackedHash } from '../record/attacked-hash.ts';
import { type Attacked, document, LIMIT_MINUTES, row, table } from './document.ts';
import { contentHash, keepResults, knownResults } from './known-results.ts';
import { matrixVariants } from './variants.ts';

const DOCUMENT = fileURLToPath(new URL('../../../docs/MATRIX.md', import.meta.url));

/**
 * `npm run test:matrix`: attacks every variant whose server behaves differently, prints variant by attack, and writes
 * it to docs/MATRIX.md. Fails where one is not safe, and where it takes too long. What has not changed since the last
 * run on this machine is not attacked again, but for `--all` and in CI. `--only jwt-eddsa` takes the variants whose
 * label has the text, and writes nothing. PostgreSQL and Redis are started here; variants for which the machine has
 * none are left out, which is told: then nothing is written either, and in CI nothing is attacked.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, all: { type: 'boolean', default: false } },
  });
  const wanted = matrixVariants().filter(({ label }) => label.includes(values.only ?? ''));
  const variants = wanted.filter(({ answers }) => missing(...serversFor(answers)) === undefined);
  const left = wanted.filter((variant) => !variants.includes(variant));
  const lacking = missing(...new Set(left.flatMap(({ answers }) => serversFor(answers))));
  const skipped =
    lacking && `${left.length} variants are left out: this machine has no ${lacking}.`;
  if (skipped) say(skipped);
  if (variants.length === 0) {
    say('There is nothing to attack.');
    return 1;
  }
  if (skipped && process.env.CI) {
    say('In CI none may be left out.');
    return 1;
  }
  const width = Math.max(...variants.map(({ label }) => label.length));
  await openLab();

  const started = performance.now();
  // Of what is there now: somebody may work on it meanwhile.
  const hash = values.only === undefined ? await attackedHash(variants) : undefined;
  const needed = new Set(variants.flatMap(({ answers }) => serversFor(answers)));
  const servers = await startServers([...needed]);
  const attacked = await eachAtOnce(
    variants,
    Math.max(2, availableParallelism()),
    async (variant) => {
      const { results, known } = await attack(variant, servers, values.all);
      const one: Attacked = { label: variant.label, results, known };
      say(`${row(one, width)}${known ? ' as before' : ''}`);
      return one;
    },
  ).finally(servers.remove);

  say(`\n${table(ATTACKS, attacked)}\n`);
  const unsafe = attacked.flatMap(({ label, results }) =>
    results.filter((result) => !isFine(result)).map((result) => ({ label, result })),
  );
  for (const { label, result } of unsafe) {
    const { attack: own, outcome } = result;
    say(`UNSAFE ${label}: ${own.id} ${own.title}: ${JSON.stringify(outcome)}`);
  }
  const minutes = (performance.now() - started) / 60_000;
  if (skipped) say(skipped);
  say(`${variants.length} variants in ${minutes.toFixed(1)} minutes, ${unsafe.length} findings`);
  const isLate = minutes > LIMIT_MINUTES;
  if (isLate) say(`TOO LONG: more than ${LIMIT_MINUTES} minutes`);
  if (hash !== undefined && !skipped) {
    const run = { day: new Date(), minutes, hash };
    await writeFile(DOCUMENT, document(ATTACKS, attacked, run));
  }
  return unsafe.length === 0 && !isLate ? 0 : 1;
}

async function attack({ label, answers }: Variant, servers: Servers, anew: boolean) {
  const hash = contentHash(await renderProject(answers));
  const known = anew ? undefined : await knownResults(hash);
  if (known) return { results: known, known: true };
  const places = () => newPlaces(servers, answers);
  const results = await attackProject(`matrix-${label}`, answers, ATTACKS, [], places).catch(
    notBooted,
  );
  if (results.every(isFine)) await keepResults(hash, results);
  return { results, known: false };
}

/** A variant that cannot be attacked is not safe, and keeps no other from being attacked. */
function notBooted(error: unknown): readonly Result[] {
  const outcome = { status: 'not tried', why: String(error), broken: true } as const;
  return ATTACKS.map((attack) => ({ attack, outcome, notes: [], looks: 0, milliseconds: 0 }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// The servers end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

process.exitCode = await main();
