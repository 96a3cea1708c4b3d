import { describe, expect, test } from 'vitest';
import { mergePackageJson } from '../../../src/merge/package-json.ts';

const merge = (
  base: object,
  ours: object | string,
  theirs: object,
  onConflict: 'fail' | 'keep' | 'theirs' = 'fail',
) =>
  mergePackageJson(
    {
      base: JSON.stringify(base),
      ours: typeof ours === 'string' ? ours : JSON.stringify(ours, null, 2),
      theirs: JSON.stringify(theirs),
    },
    onConflict,
  );
const result = (...sides: Parameters<typeof merge>) => {
  const { content, conflicts } = merge(...sides);
  return { ...JSON.parse(content), ...(conflicts.length > 0 && { conflicts }) };
};
const dependencies = (ranges: object) => ({ dependencies: ranges });

describe('merging package.json', () => {
  test('adds and takes away what we do, and keeps what is yours', () => {
    const base = { scripts: { a: '1', b: '2' }, type: 'module' };
    const ours = { scripts: { a: '1', b: 'mine', c: '3' }, type: 'module', files: ['x'] };
    const theirs = { scripts: { b: '2', d: '4' }, type: 'module', private: true };
    expect(result(base, ours, theirs)).toEqual({
      scripts: { b: 'mine', c: '3', d: '4' },
      type: 'module',
      files: ['x'],
      private: true,
    });
  });

  test('keeps the format of every line that it does not change', () => {
    const ours =
      '{\r\n\t"files": ["a", "b"],\r\n\t"dependencies": {\r\n\t\t"a": "^1.0.0",\r\n\t\t"c": "^1.0.0"\r\n\t}\r\n}';
    const base = dependencies({ a: '^1.0.0', c: '^1.0.0' });
    const theirs = dependencies({ a: '^1.2.0', b: '^3.0.0', c: '^1.0.0' });
    expect(merge(base, ours, theirs).content).toBe(
      '{\r\n\t"files": ["a", "b"],\r\n\t"dependencies": {\r\n\t\t"a": "^1.2.0",\r\n\t\t"b": "^3.0.0",\r\n\t\t"c": "^1.0.0"\r\n\t}\r\n}',
    );
  });

  test.each([
    ['what you raised stays', '^5.0.0', '^5.9.0', '^5.3.0', '^5.9.0'],
    ['what you lowered within its range is raised', '^5.1.0', '^5.0.0', '^5.3.0', '^5.3.0'],
    ['what we lower stays', '^5.3.0', '^5.3.0', '^5.1.0', '^5.3.0'],
    ['what you took out stays out', '^5.0.0', undefined, '^5.3.0', undefined],
    ['a path stays', '^5.0.0', 'file:../x', '^5.3.0', 'file:../x'],
    ['what you have already and satisfies stays', undefined, '^5.4.0', '^5.3.0', '^5.4.0'],
    ['what you have already and reaches is raised', undefined, '^5.0.0', '^5.3.0', '^5.3.0'],
    ['what we no longer need goes', '^5.0.0', '^5.0.0', undefined, undefined],
    [
      'what you raised yourself and we no longer need stays',
      '^5.0.0',
      '^6.0.0',
      undefined,
      '^6.0.0',
    ],
  ])('%s', (_, base, ours, theirs, expected) => {
    const of = (range: string | undefined) => dependencies(range === undefined ? {} : { x: range });
    expect(result(of(base), of(ours), of(theirs))).toEqual(of(expected));
  });

  test.each([
    ['another major version', undefined, '^4.0.0'],
    ['a higher major version that is yours', undefined, '^6.0.0'],
    ['a version that is pinned lower', '^5.1.0', '5.1.0'],
  ])('%s is a conflict', (_, base, ours) => {
    const of = (range: string | undefined) => dependencies(range === undefined ? {} : { x: range });
    const sides = [of(base), of(ours), of('^5.3.0')] as const;
    expect(result(...sides).conflicts).toEqual([
      `dependencies.x: yours is "${ours}", ours "^5.3.0"`,
    ]);
    expect(result(...sides, 'keep').dependencies).toEqual({ x: ours });
    expect(result(...sides, 'theirs').dependencies).toEqual({ x: '^5.3.0' });
  });

  test('a package that you have in another section is not added twice', () => {
    const ours = { devDependencies: { x: '^1.2.0' } };
    expect(result({}, ours, dependencies({ x: '^1.1.0' }))).toEqual(ours);
  });

  test('a package that we move is moved', () => {
    const from = { dependencies: { y: '1.0.0' }, devDependencies: { x: '^1.2.0', z: '1.0.0' } };
    const to = { dependencies: { x: '^1.2.0', y: '1.0.0' }, devDependencies: { z: '1.0.0' } };
    expect(result(from, from, to)).toEqual(to);
  });

  test('a script that both changed is a conflict', () => {
    const of = (test: string) => ({ scripts: { test } });
    expect(result(of('a'), of('b'), of('c')).conflicts).toEqual([
      'scripts.test: yours is "b", ours "c"',
    ]);
  });

  test('a second time changes nothing', () => {
    const base = { scripts: { a: '1' }, dependencies: { x: '^1.0.0' } };
    const theirs = { scripts: { a: '2' }, dependencies: { x: '^1.1.0', y: '^2.0.0' } };
    const { content } = merge(base, { ...base, mine: true }, theirs);
    expect(merge(theirs, content, theirs).content).toBe(content);
  });

  test('what is no JSON is told', () => {
    expect(() => merge({}, '{ "a": 1, }', { b: 1 })).toThrow(SyntaxError);
    expect(() => merge({}, '[]', { b: 1 })).toThrow(SyntaxError);
  });
});
