import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { isFine } from '../../../src/attacks/report.ts';
import { eachAtOnce } from '../../../src/attacks/runner.ts';
import { openLab } from '../../matrix/lab/lab.ts';
import { attackProject, isSlow } from '../lab/attack-project.ts';
import { VARIANTS, type VariantName } from '../lab/variants.ts';
import { type Caught, document, type VariantRun } from './document.ts';
import type { Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';
import { sabotageHash } from './sabotage-hash.ts';

/**
 * `npm run test:sabotage`: attacks the variants as they are, then each with one defence taken out, and writes what it
 * saw to docs/ATTACKS.md. It fails where a sound variant is not safe, or where an attack does not notice.
 * `--only 34,61` tries the mutations of these attacks and writes nothing.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',').map(Number);
  const mutations = MUTATIONS.filter(({ attack }) => only?.includes(attack) ?? true);
  await openLab();

  const names = only ? [] : (Object.keys(VARIANTS) as VariantName[]);
  const started = performance.now();
  // Of what is there now: somebody may work on it meanwhile.
  const hash = only ? undefined : await sabotageHash();
  const { sound, caught } = await attackAll(names, mutations);
  const minutes = (performance.now() - started) / 60_000;
  say(`${minutes.toFixed(1)} minutes`);
  if (hash !== undefined) {
    const run = { day: new Date(), minutes, hash };
    await writeFile(DOCUMENT, document(ATTACKS, sound, caught, run));
  }

  const unsafe = sound.filter(({ results }) => !results.every(isFine));
  const survivors = caught.filter(({ red, mutation }) => !red.includes(mutation.attack));
  say(`${caught.length - survivors.length} of ${caught.length} mutations were caught`);
  for (const { mutation, why } of survivors) {
    say(`SURVIVED ${mutation.attack} ${mutation.name}: ${why}`);
  }
  return unsafe.length + survivors.length === 0 ? 0 : 1;
}

const AT_ONCE = 2;
const DOCUMENT = fileURLToPath(new URL('../../../docs/ATTACKS.md', import.meta.url));

/** All in one queue, what takes long first: at its end no processor is left without work. */
async function attackAll(names: readonly VariantName[], mutations: readonly Mutation[]) {
  const sound = new Map<VariantName, VariantRun>();
  const caught = new Map<Mutation, Caught>();
  const whole = names.map((name) => async () => {
    sound.set(name, await attackSound(name));
  });
  const sabotaged = [...mutations]
    .sort((one, other) => Number(isSlowMutation(other)) - Number(isSlowMutation(one)))
    .map((mutation) => async () => {
      caught.set(mutation, await attackSabotaged(mutation));
    });
  await eachAtOnce([...whole, ...sabotaged], AT_ONCE, (attack) => attack());
  return {
    sound: names.flatMap((name) => sound.get(name) ?? []),
    caught: mutations.flatMap((mutation) => caught.get(mutation) ?? []),
  };
}

function isSlowMutation({ attack }: Mutation): boolean {
  return ATTACKS.some((one) => one.id === attack && isSlow(one));
}

async function attackSound(name: VariantName): Promise<VariantRun> {
  const results = await attackProject(`sound-${name}`, VARIANTS[name], ATTACKS);
  for (const { attack, outcome } of results.filter((result) => !isFine(result))) {
    say(`UNSAFE ${name}: ${attack.id} ${attack.title}: ${JSON.stringify(outcome)}`);
  }
  say(
    `${name} as it is: ${results.filter(({ outcome }) => outcome.status === 'safe').length} safe`,
  );
  return { name, results };
}

async function attackSabotaged(mutation: Mutation): Promise<Caught> {
  const { attack, name, variant, edits } = mutation;
  const folder = `sabotaged-${attack}-${MUTATIONS.indexOf(mutation)}`;
  // Those that start servers or load them take long: only where they are what must notice.
  const tried = ATTACKS.filter((one) => one.id === attack || !isSlow(one));
  const results = await attackProject(folder, VARIANTS[variant], tried, edits);
  const red = results
    .filter(({ outcome }) => outcome.status === 'unsafe')
    .map((one) => one.attack.id);
  const own = results.find((result) => result.attack.id === attack)?.outcome;
  const why = own?.status === 'not tried' ? own.why : (own?.status ?? 'it was not tried');
  say(`${red.includes(attack) ? 'caught' : 'SURVIVED'} ${attack} ${name} [${red.join(' ')}]`);
  return { mutation, red, why };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// The servers end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

process.exitCode = await main();
