import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../../src/attacks/attack.ts';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import { ProcessBench } from './bench.ts';
import { makeProject } from './project.ts';
import { VARIANTS, type VariantName } from './variants.ts';

/** Boots a variant as a process of its own, attacks it once, and has a test for each attack. */
export function attackVariant(name: VariantName): void {
  const answers = VARIANTS[name];
  const results = new Map<number, Result>();
  let bench: ProcessBench | undefined;

  beforeAll(async () => {
    bench = new ProcessBench(await makeProject(`attacked-${name}`, answers));
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
