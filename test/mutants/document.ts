/** What is read of Stryker's report (mutation-testing-report-schema 2). */
export interface Report {
  /** By path in the project. */
  readonly files: Readonly<Record<string, MutatedFile>>;
}

interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  /** Both counted from 1. */
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const NOTICED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

const TABLE = '<!-- the table: written by `npm run test:mutants` -->';
const SURVIVORS = '<!-- the survivors: written by `npm run test:mutants` -->';
const END = '<!-- to here -->';

/**
 * docs/MUTANTS.md with the files of a run in its table and among its survivors. The rows of the others stay, and so does
 * what somebody has written below a survivor: it is known by its line and by what took whose place.
 *
 * @param day of the run, as in `2026-11-25`.
 */
export function mutantsPage(page: string, { files }: Report, day: string): string {
  const counted = Object.entries(files).filter(([, file]) => countOf(file, BOTH) > 0);
  const rows = new Map(rowsIn(page));
  for (const [path, file] of counted) rows.set(path, rowOf(path, file, day));
  const lists = new Map(listsIn(page));
  for (const [path, file] of counted) lists.set(path, listOf(path, file, lists.get(path) ?? ''));
  const told = replaced(
    page,
    TABLE,
    `${tableOf([...rows.values()])}\n\n${sumOf([...rows.values()])}`,
  );
  return replaced(told, SURVIVORS, [...lists.values()].filter((list) => list !== '').join('\n\n'));
}

const BOTH = [...NOTICED, ...SURVIVED];

function countOf({ mutants }: MutatedFile, statuses: readonly string[]): number {
  return mutants.filter(({ status }) => statuses.includes(status)).length;
}

type Row = readonly [path: string, mutants: string, noticed: string, score: string, day: string];

function rowOf(path: string, file: MutatedFile, day: string): Row {
  const [mutants, noticed] = [countOf(file, BOTH), countOf(file, NOTICED)];
  return [path, String(mutants), String(noticed), percent(noticed, mutants), day];
}

function tableOf(rows: readonly Row[]): string {
  const heads: Row = ['file', 'mutants', 'noticed', 'score', 'measured'];
  const lines = [
    heads,
    heads.map(() => '---'),
    ...rows.map(([path, ...rest]) => [`\`${path}\``, ...rest]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function sumOf(rows: readonly Row[]): string {
  const sum = (column: 1 | 2) => rows.reduce((total, row) => total + Number(row[column]), 0);
  const [mutants, noticed] = [sum(1), sum(2)];
  return `Together ${noticed} of ${mutants} mutants, or ${percent(noticed, mutants)}.`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

function rowsIn(page: string): readonly (readonly [string, Row])[] {
  return between(page, TABLE)
    .split('\n')
    .flatMap((line) => {
      const [, path = '', ...cells] = /^\| `([^`]+)` \| (.*) \|$/.exec(line) ?? [];
      const [mutants = '', noticed = '', score = '', day = ''] = cells.join().split(/ *\| */);
      return path === '' ? [] : [[path, [path, mutants, noticed, score, day]] as const];
    });
}

/** The survivors of one file, each with what is said of it; empty where there is none. */
function listOf(path: string, { source, mutants }: MutatedFile, before: string): string {
  const said = new Map(
    before.split(/^(?=- )/m).map((item) => {
      const [key = '', ...lines] = item.trimEnd().split('\n');
      return [key, lines.join('\n')];
    }),
  );
  const keys = mutants
    .filter(({ status }) => SURVIVED.includes(status))
    .map((mutant) => keyOf(source.split('\n'), mutant));
  const items = [...new Set(keys)].map(
    (key) => `${key}\n${said.get(key) ?? '  Not explained yet.'}`,
  );
  return items.length === 0 ? '' : `### \`${path}\`\n\n${items.join('\n')}`;
}

/** How a mutant is called, wherever its line moves to. */
function keyOf(
  lines: readonly string[],
  { location: { start, end }, replacement = '' }: Mutant,
): string {
  const rows = lines.slice(start.line - 1, end.line);
  const last = rows.length - 1;
  const taken = rows.map((row, index) =>
    row.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
  );
  const [line = '', original, instead] = [rows[0], taken.join(' '), replacement].map((text = '') =>
    code(text),
  );
  return `- ${line}: ${original} → ${instead}`;
}

/** As code in Markdown, on one line. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line === '' ? 'nothing' : line;
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

function listsIn(page: string): readonly (readonly [string, string])[] {
  return between(page, SURVIVORS)
    .split(/^(?=### )/m)
    .flatMap((list) => {
      const path = /^### `([^`]+)`/.exec(list)?.[1];
      return path === undefined ? [] : [[path, list.trim()] as const];
    });
}

function between(page: string, mark: string): string {
  const from = page.indexOf(mark);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/MUTANTS.md has no ${mark} with ${END} after it`);
  return page.slice(from + mark.length, to);
}

function replaced(page: string, mark: string, text: string): string {
  return page.replace(mark + between(page, mark) + END, () => `${mark}\n\n${text}\n\n${END}`);
}
