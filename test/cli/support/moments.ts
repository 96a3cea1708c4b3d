import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { removeSync } from 'fs-extra/esm';
import { expect } from 'vitest';
import { listing, type Run, run, sandbox } from './program.ts';
import { Project } from './project.ts';

const faults = fileURLToPath(new URL('./faults.mjs', import.meta.url));

/** A command, and what it is run on. */
export interface Deed {
  /** Makes a folder as it is before the command. */
  readonly arrange: () => Promise<Project>;
  readonly command: readonly string[];
}

/** The files of a project by path. */
export type State = Readonly<Record<string, string>>;

/** What came of a command that was struck. */
export interface Moment {
  readonly project: Project;
  readonly struck: Run;
  /** Which of the moments it was. */
  readonly index: number;
  readonly before: State;
  readonly after: State;
}

/** Everything but secrets, which are drawn anew in each run, and what stays for the next commit or undo. */
export function stateOf(project: Project): State {
  const { '.env': env = '', ...rest } = project.state();
  return { ...rest, '.env': env.replace(/=.*/g, '=') };
}

/** Whether two states are the same. */
export function isSame(one: State, other: State): boolean {
  const sorted = (state: State) =>
    JSON.stringify(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

/** What a commit has in a project while it is at work, and must not leave there. */
export function leftovers(project: Project): readonly string[] {
  return listing(project.root).filter((path) => /secure-express-(?!undo)\w/.test(path));
}

/**
 * Runs a command once for each of some moments, with the fault at that moment, on copies of one folder.
 *
 * @param fault as in faults.mjs, with `@` where the step's number goes.
 * @param count how many moments: a third of them are the last, where things change hands, and chance takes the others.
 */
export async function atMoments(
  { arrange, command }: Deed,
  fault: string,
  count: number,
  check: (moment: Moment) => unknown,
): Promise<void> {
  const original = await arrange();
  const folder = sandbox();
  const copy = (name: string) => {
    cpSync(original.root, join(folder, name, 'api'), { recursive: true });
    return new Project(join(folder, name, 'api'));
  };
  const strike = (project: Project, what: string) =>
    run(project.root, command, { node: ['--import', faults], env: { FAULT: what } });

  const undisturbed = copy('undisturbed');
  const before = stateOf(undisturbed);
  const counted = await strike(undisturbed, `${fault.split(':')[0]}:0:count`);
  const steps = Number(/STEPS (\d+)/.exec(counted.stderr)?.[1]);
  expect(steps).toBeGreaterThan(60);
  const after = stateOf(undisturbed);
  expect(after).not.toEqual(before);

  const queue = momentsOf(steps, Math.min(count, steps)).entries();
  const work = async () => {
    for (const [index, step] of queue) {
      const project = copy(`${step}`);
      const struck = await strike(project, fault.replace('@', String(step)));
      await check({ project, struck, index, before, after });
      removeSync(join(folder, `${step}`));
    }
  };
  await Promise.all([work(), work(), work()]);
}

function momentsOf(steps: number, count: number): readonly number[] {
  const tail = Math.floor(count / 3);
  const earlier = { min: 1, max: steps - tail };
  const length = { minLength: count - tail, maxLength: count - tail };
  const [drawn = []] = fc.sample(fc.uniqueArray(fc.integer(earlier), length), 1);
  return [...drawn, ...Array.from({ length: tail }, (_, index) => steps - index)];
}
