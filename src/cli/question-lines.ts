import type { Palette } from './colour.ts';
import { wrap } from './layout.ts';
import type { Place } from './page.ts';

/** What stands around a question, whatever is asked. */
export interface Heading {
  readonly message: string;
  /** What is at stake. */
  readonly risk?: string | undefined;
  /** Which keys do what, where that is not plain. */
  readonly hint?: string | undefined;
  /** How far in the title of a choice goes on that takes several lines. */
  readonly hang?: number | undefined;
}

export interface ShownChoice {
  readonly title: string;
  readonly description?: string | undefined;
  /** In a list of which several can be taken. */
  readonly selected?: boolean | undefined;
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** A list to choose from; every choice says what it costs, as far as the terminal has room for that. */
export function choiceLines(
  heading: Heading,
  choices: readonly ShownChoice[],
  cursor: number,
  room: Room,
  palette: Palette,
): readonly string[] {
  const head = headingLines(heading, room.width, palette);
  const items = (described: (index: number) => boolean) =>
    choices.map((choice, index) =>
      choiceItem(
        choice,
        index === cursor,
        described(index),
        heading.hang ?? 0,
        room.width,
        palette,
      ),
    );
  // Of what can be taken in any number, one at a time says what it is for.
  const several = choices.some(({ selected }) => selected !== undefined);
  const all = items((index) => !several || index === cursor);
  if (head.length + all.flat().length <= room.height) return [...head, ...all.flat()];
  const one = items((index) => index === cursor);
  return [...head, ...around(one, cursor, room.height - head.length, palette)];
}

/** A line to type into, and under it what is wrong with what was typed. */
export function textLines(
  heading: Heading,
  typed: { readonly text: string; readonly placeholder: boolean; readonly cursor: number },
  complaint: string | undefined,
  { width }: Room,
  palette: Palette,
): { readonly lines: readonly string[]; readonly cursor: Place } {
  const lines = [...headingLines(heading, width, palette)];
  const question = lines.pop() ?? '';
  const start = wrap(heading.message, width, '  ').at(-1)?.length ?? 0;
  // A long question leaves a line of its own for the answer.
  const inline = start + 3 + 24 <= width;
  const indent = inline ? start + 3 : 4;
  const prefix = inline ? `${question} ${palette.dim('›')} ` : `  ${palette.dim('›')} `;
  if (!inline) lines.push(question);
  const first = lines.length;
  const chunks = chunksOf(typed.text, width - indent);
  const paint = typed.placeholder ? palette.dim : (text: string) => text;
  lines.push(
    ...chunks.map((chunk, index) => `${index === 0 ? prefix : ' '.repeat(indent)}${paint(chunk)}`),
  );
  if (complaint !== undefined) {
    const wrong = wrap(complaint, width, '  ').map((line) => line.slice(2));
    lines.push(...wrong.map((line, index) => palette.red(`${index === 0 ? '✖' : ' '} ${line}`)));
  }
  const at = typed.placeholder ? 0 : typed.cursor;
  const row = Math.min(Math.floor(at / (width - indent)), chunks.length - 1);
  return { lines, cursor: { row: first + row, column: indent + at - row * (width - indent) } };
}

/** What stays of a question that is settled. */
export function settledLines(
  mark: string,
  message: string,
  answer: string,
  width: number,
  palette: Palette,
): readonly string[] {
  const [first = '', ...more] = wrap(answer, width, '    ').map((line) => line.trimStart());
  const asked = wrap(message, width, '  ').map((line) => line.slice(2));
  const last = asked.length - 1;
  const fits = 2 + (asked[last]?.length ?? 0) + 3 + answer.length <= width;
  const shown = asked.map((line, index) => `${index === 0 ? mark : ' '} ${palette.bold(line)}`);
  if (answer === '') return shown;
  if (fits) return [...shown.slice(0, last), `${shown[last]} ${palette.dim('›')} ${answer}`];
  return [...shown, `  ${palette.dim('›')} ${first}`, ...more.map((line) => `    ${line}`)];
}

function headingLines({ message, risk, hint }: Heading, width: number, palette: Palette) {
  const { dim, bold, cyan } = palette;
  const [first = '', ...more] = wrap(message, width, '  ').map((line) => line.slice(2));
  return [
    '',
    ...(risk === undefined ? [] : wrap(risk, width).map(dim)),
    ...(hint === undefined ? [] : wrap(hint, width).map(dim)),
    `${cyan('?')} ${bold(first)}`,
    ...more.map((line) => `  ${bold(line)}`),
  ];
}

function choiceItem(
  { title, description = '', selected }: ShownChoice,
  current: boolean,
  described: boolean,
  hang: number,
  width: number,
  { cyan, dim, green }: Palette,
): readonly string[] {
  const pointer = current ? cyan('❯') : ' ';
  const box = selected === undefined ? '' : `${selected ? green('◉') : '◯'} `;
  const indent = selected === undefined ? 2 : 4;
  const lines = wrap(title.slice(hang), width, ' '.repeat(indent + hang)).map(
    (line, index) =>
      `${index === 0 ? title.slice(0, hang) : ' '.repeat(hang)}${line.slice(indent + hang)}`,
  );
  return [
    ...lines.map((line, index) => {
      const before = index === 0 ? `${pointer} ${box}` : ' '.repeat(indent);
      return `${before}${current ? cyan(line) : line}`;
    }),
    ...(described && description !== ''
      ? wrap(description, width, ' '.repeat(indent + 2)).map(dim)
      : []),
  ];
}

/** The items nearest to the one under the cursor that there is room for, and how many there are beyond them. */
function around(
  items: readonly (readonly string[])[],
  cursor: number,
  room: number,
  { dim }: Palette,
): readonly string[] {
  const marked = (from: number, to: number) => [
    ...(from > 0 ? [dim(`  ↑ ${from} more`)] : []),
    ...items.slice(from, to).flat(),
    ...(to < items.length ? [dim(`  ↓ ${items.length - to} more`)] : []),
  ];
  const bare = (from: number, to: number) => items.slice(from, to).flat();
  let [start, end] = [cursor, cursor + 1];
  // Where there is hardly any room, choices are worth more than marks.
  const shown = marked(start, end).length <= room ? marked : bare;
  for (;;) {
    const [before, after] = [start, end];
    if (end < items.length && shown(start, end + 1).length <= room) end++;
    if (start > 0 && shown(start - 1, end).length <= room) start--;
    if (start === before && end === after) return shown(start, end);
  }
}

function chunksOf(text: string, size: number): readonly string[] {
  const chunks: string[] = [];
  for (let at = 0; at <= text.length; at += size) chunks.push(text.slice(at, at + size));
  return chunks;
}
