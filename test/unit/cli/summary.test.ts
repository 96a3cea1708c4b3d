import { expect, test } from 'vitest';
import { makePalette } from '../../../src/cli/colour.ts';
import { summaryLines } from '../../../src/cli/summary.ts';
import { resolveAnswers } from '../../../src/options/resolve.ts';
import { options } from '../../../src/options/schema.ts';

const answers = resolveAnswers(new Map([['name', { value: 'api', where: 'Name' }]]), {
  packageManager: 'npm',
});

function summary(height?: number) {
  const look = { palette: makePalette(false), width: 79, withCost: () => true };
  return summaryLines(answers, 'api', options, height === undefined ? look : { ...look, height });
}

test('a summary says what answers cost where there is room for all of it, and else leaves that out', () => {
  const all = summary();
  expect(all.join('\n')).toContain('one file, nothing to run');
  expect(summary(all.length)).toEqual(all);
  const short = summary(all.length - 1);
  expect(short.join('\n')).not.toContain('one file, nothing to run');
  expect(short.map((line) => line.trim())).toContain('This is what you get');
  expect(short.length).toBeLessThan(all.length);
});
