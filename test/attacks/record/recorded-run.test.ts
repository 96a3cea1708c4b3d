import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/attacks/attack.ts';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { document as matrix } from '../matrix/document.ts';
import { document as attacks } from '../sabotage/document.ts';
import { MUTATIONS } from '../sabotage/mutations.ts';
import { recordProblem } from './recorded-run.ts';

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

describe('what is published', () => {
  const [attack = expect.fail()] = ATTACKS;
  const [mutation = expect.fail()] = MUTATIONS.filter((one) => one.attack === attack.id);
  const caughtBy = (red: readonly number[]) =>
    attacks([attack], [], [{ mutation, red, why: '' }], run);
  const of = (outcome: Result['outcome']) => {
    const results = [{ attack, outcome, notes: [], looks: 1, milliseconds: 1 }];
    return matrix([attack], [{ label: 'session', results, known: false }], run);
  };

  test.each([caughtBy([attack.id]), of({ status: 'safe' })])(
    'has a record of itself that says that all held',
    (document) => {
      expect(recordProblem(document, run.hash)).toBeUndefined();
      expect(recordProblem(document, 'fedcba9876543210')).toMatch(/other servers/);
    },
  );

  test.each([
    caughtBy([]),
    of({ status: 'unsafe', findings: [] }),
    of({ status: 'not tried', why: '', broken: true }),
  ])('has none where something did not hold', (document) => {
    expect(recordProblem(document, run.hash)).toMatch(/did not hold/);
  });
});
