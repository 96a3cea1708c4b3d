import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { isFine } from '../../../src/attacks/report.ts';
import { eachAtOnce } from '../../../src/attacks/runner.ts';
import { openLab } from '../../matrix/lab/lab.ts';
import { newPlaces, serversFor } from '../../services/lab/places.ts';
import { missing } from '../../services/lab/programs.ts';
import { type Servers, startServers } from '../../services/lab/servers.ts';
import { attackProject, isSlow } from '../lab/attack-project.ts';
import { type Caught, document, type VariantRun } from './document.ts';
import type { Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';
import { sabotageHash } from './sabotage-hash.ts';
import { SABOTAGED, type SabotagedName } from './variants.ts';

/**
 * `npm run test:sabotage`: attacks the variants as they are, then each with one defence taken out, and writes what it
 * saw to docs/ATTACKS.md. It fails where a sound variant is not safe, or where an attack does not notice.
 * `--only 34,61` tries the mutations of these attacks and writes nothing. PostgreSQL and Redis are started here; where the
 * machine has none, what needs them is left out, that is told, and nothing is written; in CI it fails then.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',').map(Number);
  const wanted = MUTATIONS.filter(({ attack }) => only?.includes(attack) ?? true);
  const mutations = wanted.filter(({ variant }) => lackedBy(variant) === undefined);
  const names = only ? [] : NAMES.filter((name) => lackedBy(name) === undefined);
  const lacking = missing(...NAMES.flatMap(serversOf));
  const left = wanted.length - mutations.length;
  const skipped =
    left > 0 ? `${left} mutations are left out: this machine has no ${lacking}.` : undefined;
  if (skipped) say(skipped);
  await openLab();

  const started = performance.now();
  // Of what is there now: somebody may work on it meanwhile.
  const hash = only ? undefined : await sabotageHash();
  const used = [...names, ...mutations.map(({ variant }) => variant)];
  const servers = await startServers(used.flatMap(serversOf));
  const { sound, caught } = await attackAll(names, mutations, servers).finally(servers.remove);
  const minutes = (performance.now() - started) / 60_000;
  say(`${minutes.toFixed(1)} minutes`);
  if (skipped) say(skipped);
  if (hash !== undefined && !skipped) {
    const run = { day: new Date(), minutes, hash };
    await writeFile(DOCUMENT, document(ATTACKS, sound, caught, run));
  }

  const unsafe = sound.filter(({ results }) => !results.every(isFine));
  const survivors = caught.filter(({ red, mutation }) => !red.includes(mutation.attack));
  say(`${caught.length - survivors.length} of ${caught.length} mutations were caught`);
  for (const { mutation, why } of survivors) {
    say(`SURVIVED ${mutation.attack} ${mutation.name}: ${why}`);
  }
  const isWhole = !skipped || !process.env.CI;
  return unsafe.length + survivors.length === 0 && isWhole ? 0 : 1;
}

const AT_ONCE = 2;
const NAMES = Object.keys(SABOTAGED) as SabotagedName[];
const DOCUMENT = fileURLToPath(new URL('../../../docs/ATTACKS.md', import.meta.url));

const serversOf = (name: SabotagedName) => serversFor(SABOTAGED[name]);
const lackedBy = (name: SabotagedName) => missing(...serversOf(name));

/** All in one queue, what takes long first: at its end no processor is left without work. */
async function attackAll(
  names: readonly SabotagedName[],
  mutations: readonly Mutation[],
  servers: Servers,
) {
  const sound = new Map<SabotagedName, VariantRun>();
  const caught = new Map<Mutation, Caught>();
  const whole = names.map((name) => async () => {
    sound.set(name, await attackSound(name, servers));
  });
  const sabotaged = [...mutations]
    .sort((one, other) => Number(isSlowMutation(other)) - Number(isSlowMutation(one)))
    .map((mutation) => async () => {
      caught.set(mutation, await attackSabotaged(mutation, servers));
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

async function attackSound(name: SabotagedName, servers: Servers): Promise<VariantRun> {
  const answers = SABOTAGED[name];
  const places = () => newPlaces(servers, answers);
  const results = await attackProject(`sound-${name}`, answers, ATTACKS, [], places);
  for (const { attack, outcome } of results.filter((result) => !isFine(result))) {
    say(`UNSAFE ${name}: ${attack.id} ${attack.title}: ${JSON.stringify(outcome)}`);
  }
  say(
    `${name} as it is: ${results.filter(({ outcome }) => outcome.status === 'safe').length} safe`,
  );
  return { name, results };
}

async function attackSabotaged(mutation: Mutation, servers: Servers): Promise<Caught> {
  const { attack, name, variant, edits, alone } = mutation;
  const answers = SABOTAGED[variant];
  const places = () => newPlaces(servers, answers);
  const folder = `sabotaged-${attack}-${MUTATIONS.indexOf(mutation)}`;
  // Those that start servers or load them take long: only where they are what must notice.
  const tried = ATTACKS.filter((one) => one.id === attack || !(alone || isSlow(one)));
  const results = await attackProject(folder, answers, tried, edits, places);
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
