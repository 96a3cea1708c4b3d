import { describe, expect, test } from 'vitest';
import { inTheStyleOf, isSameText, mergeText } from '../../../src/merge/text.ts';

const base = 'one\ntwo\nthree\nfour\nfive\nsix\n';

describe('merging text', () => {
  test('takes the edits of both', () => {
    const ours = base.replace('one', 'ONE');
    const theirs = base.replace('six', 'SIX');
    expect(mergeText({ base, ours, theirs }, 'fail')).toEqual({
      content: 'ONE\ntwo\nthree\nfour\nfive\nSIX\n',
      conflicts: [],
    });
  });

  test('takes what both did alike once', () => {
    const both = base.replace('three', '3');
    expect(mergeText({ base, ours: both, theirs: both }, 'fail').content).toBe(both);
  });

  const clash = {
    base,
    ours: base.replace('two', 'yours').replace('six', 'SIX'),
    theirs: base.replace('two', 'ours'),
  };
  test.each([
    ['keep', 'one\nyours\nthree\nfour\nfive\nSIX\n'],
    ['theirs', 'one\nours\nthree\nfour\nfive\nSIX\n'],
    [
      'merge',
      'one\n<<<<<<< yours\nyours\n=======\nours\n>>>>>>> create-secure-express\nthree\nfour\nfive\nSIX\n',
    ],
  ] as const)('decides what clashes as %s says, and merges the rest', (onConflict, content) => {
    expect(mergeText(clash, onConflict)).toEqual({ content, conflicts: ['line 2'] });
  });

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no newline at the end', (text: string) => text.replace(/\r?\n$/, '')],
    ['CRLF and no newline', (text: string) => text.replaceAll('\n', '\r\n').replace(/\r\n$/, '')],
  ])('keeps %s', (_, style) => {
    const ours = style(base.replace('one', 'ONE'));
    const theirs = base.replace('six', 'SIX').replace('three\n', '');
    expect(mergeText({ base, ours, theirs }, 'fail').content).toBe(
      style('ONE\ntwo\nfour\nfive\nSIX\n'),
    );
  });

  test('keeps each line end where a file has both kinds', () => {
    const ours = 'ONE\r\ntwo\nthree\r\nfour\nfive\nsix\n';
    const theirs = base.replace('five', '5\nand a half');
    expect(mergeText({ base, ours, theirs }, 'fail').content).toBe(
      'ONE\r\ntwo\nthree\r\nfour\n5\nand a half\nsix\n',
    );
  });

  test('adds the newline at the end that only we added', () => {
    const sides = { base: 'a\nb\nc', ours: 'A\nb\nc', theirs: 'a\nb\nc\n' };
    expect(mergeText(sides, 'fail').content).toBe('A\nb\nc\n');
  });

  const head = (...imports: readonly string[]) => [...imports, '', 'code();', ''].join('\n');
  const [a, b, c] = [
    'import a from "a";',
    "import { b } from './b.js';",
    'import type { C } from "c";',
  ];

  test('takes the imports that both sides added in one place', () => {
    const sides = { base: head(a), ours: head(a, b), theirs: head(a, c) };
    expect(mergeText(sides, 'fail')).toEqual({ content: head(a, b, c), conflicts: [] });
    const moved = { base: head(a), ours: head(b), theirs: head(a, c) };
    expect(mergeText(moved, 'fail')).toEqual({ content: head(b, c), conflicts: [] });
  });

  test('does not import from one module twice', () => {
    const sides = {
      base: head(a),
      ours: head(a, b),
      theirs: head(a, "import { d } from './b.js';"),
    };
    expect(mergeText(sides, 'fail').conflicts).toEqual(['line 2']);
  });

  test('of which a new file of yours stands where ours belongs is one conflict', () => {
    expect(mergeText({ base: '', ours: 'x\n', theirs: 'y\n' }, 'keep')).toEqual({
      content: 'x\n',
      conflicts: ['line 1'],
    });
  });
});

test('what replaces a file has its line ends', () => {
  expect(inTheStyleOf('\uFEFFa\r\nb\r\n', 'a\nc\n')).toBe('\uFEFFa\r\nc\r\n');
});

test('texts are the same in spite of their line ends', () => {
  expect(isSameText('a\r\nb\n', 'a\nb\n')).toBe(true);
  expect(isSameText('a\nb', 'a\nb\n')).toBe(false);
});
