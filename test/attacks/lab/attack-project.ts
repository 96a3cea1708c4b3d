import { rm } from 'node:fs/promises';
import type { Attack, Result } from '../../../src/attacks/attack.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { ProcessBench } from './bench.ts';
import type { Edit } from './edits.ts';
import { makeProject } from './project.ts';

/** Makes a project in a folder of the lab, boots it as a process of its own, attacks it, and takes it away again. */
export async function attackProject(
  folder: string,
  answers: Answers,
  attacks: readonly Attack[],
  edits: readonly Edit[] = [],
): Promise<readonly Result[]> {
  const project = await makeProject(folder, answers, edits);
  const bench = new ProcessBench(project);
  try {
    const target = await bench.start({});
    return await runAttacks(attacks, { answers, target, bench, disturb: true });
  } finally {
    await bench.stop();
    await rm(project.folder, { recursive: true, force: true });
  }
}

/** Whether an attack starts servers of its own, or loads one: it takes long. */
export function isSlow({ needs, alone }: Attack): boolean {
  return alone === true || needs?.includes('start') === true;
}
