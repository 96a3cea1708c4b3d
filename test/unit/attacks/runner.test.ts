import { expect, test } from 'vitest';
import type { Attack } from '../../../src/attacks/attack.ts';
import { runAttacks } from '../../../src/attacks/runner.ts';
import { answersOf } from '../../matrix/variants.ts';

const attack = (id: number, more: Partial<Attack> = {}): Attack => ({
  id,
  title: `attack on ${id}`,
  requirement: 'a test',
  applies: () => true,
  disturbs: false,
  run: async () => {},
  ...more,
});

test('who listens hears of each attack that is tried, and of how many there are', async () => {
  const heard: string[] = [];
  await runAttacks(
    [
      attack(1, { alone: true }),
      attack(2),
      attack(3, { applies: () => false }),
      attack(4, { disturbs: true }),
      attack(5, { needs: ['start'] }),
      attack(6),
    ],
    {
      answers: answersOf({}),
      target: { url: new URL('http://localhost:1') },
      disturb: false,
      begins: (title, number, all) => heard.push(`${number} of ${all}: ${title}`),
    },
  );
  expect(heard).toEqual(['1 of 3: attack on 2', '2 of 3: attack on 6', '3 of 3: attack on 1']);
});
