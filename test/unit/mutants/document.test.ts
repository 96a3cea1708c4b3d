import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutantsPage, type Report } from '../../mutants/document.ts';

const page = readFileSync('docs/MUTANTS.md', 'utf8');
const rowsOf = (text: string) => text.split('\n').filter((line) => /^\| `/.test(line));

/** Two mutants of the comparison in a source, of which the second is noticed. */
function reportOf(first: string, source: string): Report {
  const line = source.split('\n').findIndex((text) => text.includes('a === b')) + 1;
  const location = { start: { line, column: 5 }, end: { line, column: 12 } };
  const mutants = [
    { status: first, replacement: 'true', location },
    { status: 'Killed', replacement: 'false', location },
  ];
  const types = { source: '', mutants: [] };
  return { files: { 'src/auth/digest.ts': { source, mutants }, 'src/auth/types.ts': types } };
}

test('a run writes the row of its file and leaves the others', () => {
  const renewed = mutantsPage(page, reportOf('Survived', 'if (a === b) end();'), '2027-01-02');
  const own = '| `src/auth/digest.ts` | 2 | 1 | 50 % | 2027-01-02 |';
  const others = rowsOf(page).filter((row) => !row.includes('`src/auth/digest.ts`'));
  expect(rowsOf(renewed)).toContain(own);
  expect(rowsOf(renewed).filter((row) => row !== own)).toEqual(others);
});

test('the sum under the table is that of the rows', () => {
  expect(mutantsPage(page, { files: {} }, '2027-01-02')).toContain(
    `Together ${sumOf(2)} of ${sumOf(1)} mutants, or ${Math.round((100 * sumOf(2)) / sumOf(1))} %.`,
  );
});

test('what is said of a survivor stays with it while its line moves, and goes with it', () => {
  const told = mutantsPage(page, reportOf('Survived', 'if (a === b) end();'), '2027-01-02');
  const survivor = '- `if (a === b) end();`: `a === b` → `true`\n';
  expect(told).toContain(`### \`src/auth/digest.ts\`\n\n${survivor}  Not explained yet.\n`);
  const explained = told.replace('  Not explained yet.', '  No difference: nobody\n  asks for it.');
  const moved = reportOf('NoCoverage', '// More.\n\nif (a === b) end();');
  expect(mutantsPage(explained, moved, '2027-01-03')).toContain(
    `${survivor}  No difference: nobody\n  asks for it.\n`,
  );
  const gone = mutantsPage(explained, reportOf('Killed', 'if (a === b) end();'), '2027-01-03');
  expect(gone).not.toContain('nobody\n  asks for it');
});

function sumOf(column: 1 | 2): number {
  const cells = rowsOf(page).map((row) => row.split('|')[column + 1]);
  return cells.reduce((sum, cell) => sum + Number(cell), 0);
}
