import { describe, expect, test } from 'vitest';
import { compareQuantities, readQuantities } from '../../../src/doctor/quantities.ts';

const CODE = 'IDLE_TTL: seconds(30 * 60)';
const MADE = `const DAY = 24 * 60 * 60;\nconst schema = { ${CODE}, LIMIT: 1 };\n`;

describe('a number that stands in a line', () => {
  test.each([
    ['30 * 60', 1800],
    ['1_800', 1800],
    ['(10 + 5) * 60', 900],
    ['\n  7 *\n  DAY,\n', 604_800],
    ['DAY + 2 * (3 + 4)', 86_414],
    ['LEVEL', 240],
  ])('is read from %s', (expression, value) => {
    const text = `${MADE.replace('30 * 60', expression)}const MINUTE: number = 60\nvar LEVEL = MINUTE*4\n`;
    expect(readQuantities(CODE, text)).toEqual([[value]]);
  });

  test.each([
    'ttl()',
    'process.env.TTL',
    'UNKNOWN',
    'CHANGING',
    'TWICE',
    'ROUND',
    '30 * 60 - 5',
    '2 ** 8',
    '1.5',
    '1e9',
    '0x10',
    '"1800"',
    '30 * 60, DAY',
    '(30 * 60',
    '',
  ])('is not read from %j', (expression) => {
    const constants = `let CHANGING = 1;
const TWICE = 1; { const TWICE = 2; }
const ROUND = ROUNDER; const ROUNDER = ROUND;
`;
    const text = `${constants}${MADE.replace('30 * 60', expression)}`;
    expect(readQuantities(CODE, text)).toEqual([]);
  });

  test.each([
    ['const LIMIT = 10;', [[10]]],
    ['export const LIMIT = 10\nconst OTHER = 2', [[10]]],
    ['const LIMIT = 10\n  * 60;', [[600]]],
    ['const LIMIT = 10\n  - 5;', []],
    ['const LIMIT = 10 / 5;', []],
    ['const MY_LIMIT = 10;', []],
  ])('ends where its line ends: %j', (text, values) => {
    expect(readQuantities('LIMIT = 10', text)).toEqual(values);
  });

  test('may be one of several, and in a text', () => {
    const cost = 'memoryCost: 19_456, timeCost: 2, parallelism: 1';
    expect(
      readQuantities(cost, '{\n  memoryCost: 65536,\n  timeCost: 3,\n  parallelism: 1,\n}'),
    ).toEqual([[65_536, 3, 1]]);
    expect(readQuantities('limit: "16kb"', "json({ limit: '8kb' })")).toEqual([[8]]);
    expect(readQuantities('limit: "16kb"', "json({ limit: '8mb' })")).toEqual([]);
  });
});

describe('a line that was edited', () => {
  const compare = (bound: Parameters<typeof compareQuantities>[1][number], expression: string) =>
    compareQuantities(CODE, [bound], MADE, MADE.replace('30 * 60', expression)).kind;

  test.each([
    ['at most', ['as strict', 'as strict', 'as strict', 'looser']],
    ['at most, not 0', ['looser', 'as strict', 'as strict', 'looser']],
    ['at least', ['looser', 'looser', 'as strict', 'as strict']],
    ['exactly', ['looser', 'looser', 'as strict', 'looser']],
    ['any', ['as strict', 'as strict', 'as strict', 'as strict']],
  ] as const)('is held against what it said: %s', (bound, kinds) => {
    expect(['0', '15 * 60', '1800', '2 * DAY'].map((one) => compare(bound, one))).toEqual(kinds);
    expect(compare(bound, 'ttl()')).toBe('unknown');
  });

  test('says what it said and what it says', () => {
    const text = MADE.replace('30 * 60', 'DAY');
    const looser = { kind: 'looser', before: 1800, now: 86_400 };
    expect(compareQuantities(CODE, ['at most'], MADE, text)).toEqual(looser);
  });

  test('may be weakened by a constant that stands elsewhere', () => {
    const made = MADE.replace('30 * 60', 'DAY');
    const text = made.replace('24 * 60', '48 * 60');
    expect(compareQuantities(CODE, ['at most'], made, text)).toMatchObject({ kind: 'looser' });
  });

  test('is nothing where it was never made', () => {
    expect(compareQuantities(CODE, ['at most'], '', MADE)).toEqual({ kind: 'as strict' });
  });
});
