import type { WriteStream } from 'node:tty';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours text.
const COLOUR = /\u001b\[\d+m/g;

/** In less, an indent would leave nothing for text. */
const NARROWEST = 20;

/** Where the cursor stands among lines: both from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * The end of what a terminal shows, which can still be changed: what was settled, one block below the other, and the
 * question that is open under it. Going back takes blocks away again, so that no trace of a detour stays.
 */
export class Page {
  readonly #out: Pick<WriteStream, 'write' | 'columns' | 'rows'>;
  readonly #blocks: (readonly string[])[] = [];
  #floor = 0;
  #open: readonly string[] = [];
  #cursor: Place = { row: 0, column: 0 };

  constructor(out: Pick<WriteStream, 'write' | 'columns' | 'rows'>) {
    this.#out = out;
  }

  /** The room for a line: never all of it, for terminals differ in what they do at the edge; they break what is longer. */
  get width(): number {
    return Math.max(Math.min(this.#out.columns || 80, 100) - 1, NARROWEST);
  }

  /** The room for an open question. */
  get height(): number {
    return (this.#out.rows || 24) - 1;
  }

  /** How many blocks are settled. */
  get settled(): number {
    return this.#blocks.length;
  }

  /**
   * Keeps what is settled: nothing takes it away.
   *
   * @returns what lets it be taken away again.
   */
  keep(): () => void {
    const before = this.#floor;
    this.#floor = this.settled;
    return () => {
      this.#floor = before;
    };
  }

  /** Draws the open question anew; without a cursor in it, the cursor is hidden. */
  draw(lines: readonly string[], cursor?: Place): void {
    const last = Math.max(0, lines.length - 1);
    const { row, column } = cursor ?? { row: last, column: 0 };
    const up = last - row;
    const moves = `${up > 0 ? `\u001b[${up}A` : ''}\r${column > 0 ? `\u001b[${column}C` : ''}`;
    const eraser = this.#openEraser();
    const shown = cursor === undefined ? HIDE_CURSOR : SHOW_CURSOR;
    this.#out.write(`${eraser}${lines.join('\n')}${moves}${shown}`);
    this.#open = lines;
    this.#cursor = { row, column };
  }

  /** Takes the open question away. */
  close(): void {
    this.#out.write(`${this.#openEraser()}${SHOW_CURSOR}`);
    this.#open = [];
    this.#cursor = { row: 0, column: 0 };
  }

  /** Settles a block. */
  add(lines: readonly string[]): void {
    this.#out.write(`${lines.join('\n')}\n`);
    this.#blocks.push(lines);
  }

  /** Takes away all but the first `settled` blocks, and those that are kept. */
  rewind(settled: number): void {
    const taken = this.#blocks.splice(Math.max(this.#floor, settled));
    if (taken.length > 0) this.#out.write(this.#eraser(taken.flat()));
  }

  /** Erases the open question, from where the cursor stands in it. */
  #openEraser(): string {
    const { row, column } = this.#cursor;
    // What the terminal, made narrower, has broken off before the cursor in its own line is above it now.
    const broken = Math.floor(column / (this.#out.columns || 80));
    return this.#eraser(this.#open.slice(0, row), broken);
  }

  /** Erases lines above the cursor, and all below; a terminal that was made narrower has broken them anew. */
  #eraser(above: readonly string[], more = 0): string {
    const columns = this.#out.columns || 80;
    const rows = above.reduce((sum, line) => sum + Math.ceil(widthOf(line) / columns || 1), more);
    return `${rows > 0 ? `\u001b[${rows}A` : ''}\r\u001b[J`;
  }
}

/** Columns that a line takes, without what colours it. */
function widthOf(line: string): number {
  return Math.max(1, [...line.replaceAll(COLOUR, '')].length);
}
