import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { Forms } from './lab/style.ts';
import { answersOf } from './variants.ts';

test('however long a name is, what is made is formatted', async () => {
  const forms = new Forms();
  // Around the lengths at which a line is broken, and the longest.
  for (const length of [50, 60, 64, 66, 68, 70, 72, 74, 76, 78, 80, 84, 214]) {
    const name = 'a'.repeat(length);
    forms.add(await renderProject(answersOf({ auth: 'both', name })));
  }
  expect(await forms.problems('long-names')).toEqual([]);
});
