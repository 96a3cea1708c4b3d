import { expect, test } from 'vitest';
import { conflictMarkers } from '../../../src/merge/markers.ts';
import { mergeText } from '../../../src/merge/text.ts';

test('the markers of a merge are found, wherever they are', () => {
  const sides = { base: 'a\nb\nc\nd\ne\n', ours: '1\nb\nc\nd\n2\n', theirs: '3\nb\nc\nd\n4\n' };
  const { content } = mergeText(sides, 'merge');
  expect(conflictMarkers(content)).toEqual([1, 9]);
  expect(conflictMarkers(content.replaceAll('\n', '\r\n'))).toEqual([1, 9]);
  expect(conflictMarkers(mergeText(sides, 'keep').content)).toEqual([]);
});

test.each([
  'Title\n=======\n',
  '<<<<<<< yours\n',
  '>>>>>>> ours\n=======\n<<<<<<< yours\n',
  'x <<<<<<< y\n=======\n>>>>>>> z\n',
])('no marker: %j', (text) => {
  expect(conflictMarkers(text)).toEqual([]);
});
