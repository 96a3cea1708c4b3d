import { expect, test } from 'vitest';
import { addMissing, mergeSettings, missingNames } from '../../../src/merge/env.ts';

const fresh = '# Head.\n\n# One.\nONE=fresh\n\n# A default.\n# PORT=3000\n\n# Two.\nTWO=fresh\n';

test('only what is missing is added, with its comment', () => {
  const ours = 'ONE=mine\nexport OTHER=1';
  expect(addMissing(ours, fresh)).toBe(`${ours}\n\n# Two.\nTWO=fresh\n`);
  expect(missingNames(ours, fresh)).toEqual(['TWO']);
  expect(addMissing(addMissing(ours, fresh), fresh.replaceAll('fresh', 'fresher'))).toBe(
    addMissing(ours, fresh),
  );
});

test('a setting that is empty, or exported, is there; one that is commented out is not', () => {
  expect(addMissing('ONE=\nexport TWO = x\n', fresh)).toBe('ONE=\nexport TWO = x\n');
  expect(missingNames('# ONE=x\nTWO=y\n', fresh)).toEqual(['ONE']);
});

test('line ends stay', () => {
  expect(addMissing('ONE=1\r\n', fresh)).toBe('ONE=1\r\n\r\n# Two.\r\nTWO=fresh\r\n');
});

test('an example is merged by setting', () => {
  const base = '# Head.\n\n# One.\nONE=\n\n# Port.\n# PORT=3000\n\n# Gone.\n# GONE=1\n';
  const theirs = '# Head, new.\n\n# One.\nONE=\n\n# New.\nNEW=\n\n# Port.\n# PORT=4000\n';
  const ours = base.replace('# Port.', '# My port.').concat('\n# Mine.\nMINE=1\n');
  expect(mergeSettings({ base, ours, theirs }).content).toBe(
    '# Head, new.\n\n# One.\nONE=\n\n# New.\nNEW=\n\n# My port.\n# PORT=3000\n\n# Mine.\nMINE=1\n',
  );
  expect(mergeSettings({ base: theirs, ours, theirs }).content).toBe(ours);
});

test('a setting that was taken out of an example stays out', () => {
  const base = '# One.\nONE=\n\n# Two.\nTWO=\n';
  const ours = '# One.\nONE=\n';
  const theirs = '# One.\nONE=\n\n# Two, new.\nTWO=\n';
  expect(mergeSettings({ base, ours, theirs }).content).toBe(ours);
});
