import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attack, Result } from '../../../src/attacks/attack.ts';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import type { HostChanged } from '../../../src/commands/host-changes.ts';
import { readPartsOfHost } from '../../../src/host/parts-of-host.ts';
import { isSlow } from '../../attacks/lab/attack-project.ts';
import { ProcessBench } from '../../attacks/lab/bench.ts';
import { type Edit, edited } from '../../attacks/lab/edits.ts';
import { hashingEdit } from '../../attacks/lab/hashing.ts';
import { lockTimeEdit } from '../../attacks/lab/lock-time.ts';
import { drawSecrets } from '../../attacks/lab/project.ts';
import type { HostFixture } from './shapes.ts';
import { entryOf } from './write-host.ts';

/**
 * Makes what passwords cost in a host, and when a lock ends, a matter of the environment, and changes whatever else is to be changed there.
 *
 * @param edits of files of the module, named as in a project of ours
 * @returns what takes the changes back
 */
export async function prepareForAttacks(
  folder: string,
  changed: HostChanged,
  edits: readonly Edit[] = [],
): Promise<() => Promise<void>> {
  const { answers } = changed;
  if (answers === undefined) throw new Error('nothing is there to be attacked');
  const former = new Map<string, string>();
  const wanted = new Map<string, string>();
  for (const edit of [hashingEdit(answers.hash), lockTimeEdit, ...edits]) {
    const path = placeOf(folder, changed, edit);
    const text = wanted.get(path) ?? readFileSync(path, 'utf8');
    if (!former.has(path)) former.set(path, text);
    wanted.set(path, edited(text, edit));
  }
  await Promise.all([...wanted].map(([path, text]) => writeFile(path, text)));
  return async () => {
    await Promise.all([...former].map(([path, text]) => writeFile(path, text)));
  };
}

/** Whether a host has the code that some edits are about. */
export function hasPlaceFor(folder: string, changed: HostChanged, edits: readonly Edit[]): boolean {
  return edits.every((edit) => {
    const path = placeOf(folder, changed, edit);
    return existsSync(path) && readFileSync(path, 'utf8').includes(edit.search);
  });
}

/** Where a file of a project is in a host. */
function placeOf(folder: string, { shape }: HostChanged, { file }: Edit): string {
  const ending = shape.language === 'typescript' ? 'ts' : 'js';
  return join(folder, shape.folder, file.replace(/^src\//, '').replace(/ts$/, ending));
}

/** So many hosts share the attacks that take long. */
const TURNS = 4;

/** The attacks that a host gets: all that are quick, and those that start servers or load one in turn with other hosts. */
export function attacksInTurn(turn: number): readonly Attack[] {
  const slow = ATTACKS.filter(isSlow);
  return ATTACKS.filter(
    (attack) => !isSlow(attack) || slow.indexOf(attack) % TURNS === turn % TURNS,
  );
}

/** Boots a host that was added to and built, in earnest, and attacks the module in it. */
export async function attackHost(
  folder: string,
  fixture: HostFixture,
  { answers, shape }: HostChanged,
  attacks: readonly Attack[],
): Promise<readonly Result[]> {
  if (answers === undefined) throw new Error('nothing is there to be attacked');
  const server = entryOf(fixture).map((part) =>
    part.startsWith('-') || part === 'tsx' ? part : join(folder, part),
  );
  const bench = new ProcessBench({
    answers,
    folder,
    settings: drawSecrets(answers),
    server,
    host: readPartsOfHost(folder, shape.folder),
  });
  try {
    const target = await bench.start({});
    return await runAttacks(attacks, { answers, target, bench, disturb: true });
  } finally {
    await bench.stop();
    await rm(join(folder, 'runs'), { recursive: true, force: true });
  }
}
