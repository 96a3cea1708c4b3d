import { expect, test } from 'vitest';
import { document as matrix } from '../matrix/document.ts';
import { document as attacks } from '../sabotage/document.ts';

const run = { day: new Date('2026-03-01T23:00:00Z'), minutes: 41.26, hash: '0123456789abcdef' };
const seen = (known: boolean) => ({ label: 'session', results: [], known });
const told = 'Seen on 2026-03-01 in 41.3 minutes. What was attacked: `0123456789abcdef`.';

test('both documents tell when they were written, how long it took, and of what', () => {
  for (const document of [matrix([], [seen(false)], run), attacks([], [], [], run)]) {
    expect(document).toContain(`\n${told}`);
  }
});

test.each([
  [[false, false], 'No row was taken over'],
  [[true, false], 'One row was taken over'],
  [[true, true], '2 rows were taken over'],
])('that of the matrix tells what was not seen by this run: %j', (known, words) => {
  expect(matrix([], known.map(seen), run)).toContain(words);
});
