import type { HostStyle } from './shape.ts';

/**
 * Reads how a host writes its files off the files themselves: a formatter's settings say less than what is there.
 *
 * @param sources text of some of its files; what they do most often is its style.
 * @returns our own style for what no file shows.
 */
export function readStyle(sources: readonly string[]): HostStyle {
  const lines = sources.flatMap((source) => source.split(/\r?\n/));
  const code = lines.filter((line) => !/^\s*(\/\/|\/?\*)/.test(line));
  return {
    indent: indentOf(code),
    quote: most(code, /"[^"'`]*"/g) > most(code, /'[^"'`]*'/g) ? '"' : "'",
    // Only lines that end a statement for certain are asked.
    semicolons: count(code, STATEMENT_WITH) >= count(code, STATEMENT_WITHOUT),
    eol: most(sources, /\r\n/g) * 2 > most(sources, /\n/g) ? '\r\n' : '\n',
  };
}

const STATEMENT_WITH =
  /^\s*(import .*from ['"].*['"]|(const|let|var) .*require\(.*\)|.*\w\(.*\)|return .*\w);\s*$/;
const STATEMENT_WITHOUT =
  /^\s*(import .*from ['"].*['"]|(const|let|var) .*require\(.*\)|app\.\w+\(.*\)|return [\w.]+)\s*$/;

function most(texts: readonly string[], pattern: RegExp): number {
  return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}

function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length;
}

/** The step from a line to the next, deeper one, where it is taken most often. */
function indentOf(lines: readonly string[]): string {
  const votes = new Map<string, number>();
  let before = '';
  let opened = false;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = /^[\t ]*/.exec(line)?.[0] ?? '';
    if (opened && indent.startsWith(before) && indent.length > before.length) {
      const step = indent.slice(before.length);
      votes.set(step, (votes.get(step) ?? 0) + 1);
    }
    before = indent;
    opened = /[{([]\s*$/.test(line);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  return winner?.[0] ?? '  ';
}
