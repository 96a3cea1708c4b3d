import { expect, test } from 'vitest';
import { makePalette } from '../../../src/cli/colour.ts';
import { Page } from '../../../src/cli/page.ts';
import { textLines } from '../../../src/cli/question-lines.ts';

const pageOf = (columns: number) => new Page({ columns, rows: 24, write: () => true });

test.each([
  [0, 79],
  [40, 39],
  [200, 99],
])('a terminal of %i columns has %i for a line', (columns, width) => {
  expect(pageOf(columns).width).toBe(width);
});

test('what is typed is shown, however narrow the terminal is', () => {
  const page = pageOf(5);
  expect(page.width).toBeGreaterThan(10);
  const typed = { text: 'https://app.example.com', placeholder: false, cursor: 23 };
  const { lines } = textLines({ message: 'Which?' }, typed, undefined, page, makePalette(false));
  const shown = lines.map((line) => line.replace(/^.*› /, '').trim());
  expect(shown.join('')).toContain(typed.text);
});
