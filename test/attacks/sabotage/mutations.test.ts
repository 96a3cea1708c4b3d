import { expect, test } from 'vitest';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { renderProject } from '../../../src/render/project.ts';
import { applyEdits } from '../lab/edits.ts';
import { MUTATIONS } from './mutations.ts';
import { SABOTAGED } from './variants.ts';

test('there is an attack for each number, and a mutation for each attack that applies where it is made', () => {
  expect(ATTACKS.map(({ id }) => id)).toEqual(Array.from({ length: 63 }, (_, index) => index + 1));
  const caught = MUTATIONS.filter(({ attack, variant }) =>
    ATTACKS.find(({ id }) => id === attack)?.applies(SABOTAGED[variant]),
  );
  expect(caught).toEqual(MUTATIONS);
  expect([...new Set(MUTATIONS.map(({ attack }) => attack))]).toEqual(ATTACKS.map(({ id }) => id));
});

test.each(MUTATIONS)(
  'what it takes out is there once: $attack $name',
  async ({ variant, edits }) => {
    const tree = await renderProject(SABOTAGED[variant]);
    expect(applyEdits(tree, edits)).not.toEqual(tree);
  },
);
