import { rm } from 'node:fs/promises';
import type { Attack, Result } from '../../../src/attacks/attack.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { type Place, ProcessBench } from './bench.ts';
import type { Edit } from './edits.ts';
import { makeProject } from './project.ts';

/**
 * Makes a project in a folder of the lab, boots it as a process of its own, attacks it, and takes it away again.
 *
 * @param placesElsewhere finds what a server of it needs beside a SQLite file, or in place of it
 */
export async function attackProject(
  folder: string,
  answers: Answers,
  attacks: readonly Attack[],
  edits: readonly Edit[] = [],
  placesElsewhere?: () => Promise<readonly Place[]>,
): Promise<readonly Result[]> {
  const project = await makeProject(folder, answers, edits);
  const bench = new ProcessBench(project, placesElsewhere);
  try {
    const target = await bench.start({});
    return await runAttacks(attacks, { answers, target, bench, disturb: true });
  } finally {
    await bench.stop();
    await rm(project.folder, { recursive: true, force: true });
  }
}

/** Whether an attack starts servers of its own, loads one, or waits for one: it takes long. */
export function isSlow({ needs, alone, waits = 0 }: Attack): boolean {
  return alone === true || needs?.includes('start') === true || waits > 10;
}
