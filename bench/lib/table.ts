import type { Ratio } from './stats.ts';

/** A Markdown table in even columns: names on the left, figures on the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const show = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [first, ...others] = lines.map((cells) =>
    show(
      widths.map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      }),
    ),
  );
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [first, show(rule), ...others].join('\n');
}

/** `0.74 (0.70-0.77)`: the ratio of medians, and the spread over the rounds. */
export function showRatio({ ofMedians, spread: [lowest, highest] }: Ratio): string {
  return `${ofMedians.toFixed(2)} (${lowest.toFixed(2)}-${highest.toFixed(2)})`;
}
