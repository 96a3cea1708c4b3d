/**
 * Sets rows of two cells in columns.
 *
 * @param decorate applied to each second cell.
 */
export function columns(
  rows: readonly (readonly [string, string])[],
  decorate: (text: string) => string = (text) => text,
): readonly string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `${first.padEnd(width)}  ${decorate(second)}`);
}

/** A time as people say it. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A number and its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The room for text: as wide as the terminal, as long as a line stays readable. */
export function textWidth(terminalColumns: number | undefined): number {
  return Math.min(terminalColumns ?? 80, 100) - 1;
}

/**
 * Breaks text between words.
 *
 * @param width of the whole line, the indent included.
 * @param indent put before each line.
 */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(`${indent}${word}`);
    }
  }
  return lines;
}
