import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { textOf } from './checks/problem.ts';
import { everyVariant, pairwise } from './variants.ts';

const variants = pairwise(everyVariant(), ['auth', 'jwtAlgorithm', 'hash', 'packageManager']);

test.each(variants)(
  '$label: the same answers make the same project, with other secrets',
  async ({ answers }) => {
    const [one, other] = [await renderProject(answers), await renderProject(answers)];
    expect([...other.keys()]).toEqual([...one.keys()]);
    expect([...one.keys()].filter((path) => !same(one.get(path), other.get(path)))).toEqual([
      '.env',
    ]);

    const [before, after] = [parseEnv(textOf(one, '.env')), parseEnv(textOf(other, '.env'))];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, secret] of Object.entries(before)) expect(after[name]).not.toBe(secret);
  },
);

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
