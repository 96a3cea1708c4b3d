import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkGrowth, memoryIn } from '../../../bench/lib/memory.ts';
import { resultsWith } from '../../../bench/results.ts';

const page = readFileSync('bench/RESULTS.md', 'utf8');
const sectionsOf = (text: string) => text.split(/^(?=## )/m).map((section) => section.trim());

describe('the page of figures', () => {
  test('takes in one section, and leaves the others', () => {
    const renewed = sectionsOf(resultsWith(page, 'me', 'other figures'));
    const others = sectionsOf(page).filter((section) => !section.startsWith('## `GET /auth/me`\n'));
    expect(renewed.filter((section) => !section.endsWith('other figures'))).toEqual(others);
    expect(renewed).toHaveLength(others.length + 1);
  });

  test('has a section that is new to it in its place', () => {
    const last = resultsWith(resultsWith('', 'stores', 'by store'), 'load', 'under load');
    expect(last.indexOf('under load')).toBeLessThan(last.indexOf('by store'));
  });
});

describe('memory', () => {
  test('that goes up and comes back is no growth', () => {
    expect(() => checkGrowth('load', memoryIn([200, 210, 267, 260, 220, 227]))).not.toThrow();
  });

  test('that is never let go is', () => {
    const leaking = Array.from({ length: 120 }, (_, half) => 200 + half);
    expect(() => checkGrowth('load', memoryIn(leaking))).toThrow('load: memory grew');
  });
});
