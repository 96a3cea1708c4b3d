import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../../src/attacks/attack.ts';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { type Place, ProcessBench } from './bench.ts';
import { makeProject } from './project.ts';
import { VARIANTS, type VariantName } from './variants.ts';

/** Boots a variant as a process of its own, attacks it once, and has a test for each attack. */
export function attackVariant(name: VariantName): void {
  attackProject(name, VARIANTS[name]);
}

/** @param placesElsewhere finds what a server of the project needs beside a SQLite file, or in place of it */
export function attackProject(
  name: string,
  answers: Answers,
  placesElsewhere?: () => Promise<readonly Place[]>,
): void {
  const results = new Map<number, Result>();
  let bench: ProcessBench | undefined;

  beforeAll(async () => {
    bench = new ProcessBench(await makeProject(`attacked-${name}`, answers), placesElsewhere);
    const target = await bench.start({});
    for (const result of await runAttacks(ATTACKS, { answers, target, bench, disturb: true })) {
      results.set(result.attack.id, result);
    }
  });
  afterAll(() => bench?.stop());

  describe(name, () => {
    for (const attack of ATTACKS.filter(({ applies }) => applies(answers))) {
      test(`${attack.id} ${attack.title} (${attack.requirement})`, () => {
        expect(results.get(attack.id)?.outcome).toEqual({ status: 'safe' });
      });
    }
  });
}
