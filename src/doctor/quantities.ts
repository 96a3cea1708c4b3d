/** Which other numbers are as strict as the one that stands in a line. */
export type Bound = 'at most' | 'at most, not 0' | 'at least' | 'exactly' | 'any';

const IS_AS_STRICT: Readonly<Record<Bound, (now: number, before: number) => boolean>> = {
  'at most': (now, before) => now <= before,
  // For what has no end at 0.
  'at most, not 0': (now, before) => now > 0 && now <= before,
  'at least': (now, before) => now >= before,
  exactly: (now, before) => now === before,
  any: () => true,
};

/** A number in a line that a defence hangs on, also as a product, or by its name. */
const QUANTITY = /(?<!\w)(?:\d[\d_]*|DAY\b)(?: \* (?:\d[\d_]*|DAY\b))*/g;

/** How the numbers of a line stand to those that it was made with. */
export type Comparison =
  | { readonly kind: 'as strict' }
  | { readonly kind: 'looser'; readonly before: number; readonly now: number }
  /** The line is gone, or says something whose value cannot be read from the file. */
  | { readonly kind: 'unknown' };

/**
 * Compares a line by its numbers: one that is as strict may be written in any way, such as `15 * 60`, `MINUTES * 60`
 * with a constant of the file, or 900.
 *
 * @param code the line as it is known, with a number for each bound
 * @param made the file as it was made, without comments
 * @param text the file as it is, without comments
 */
export function compareQuantities(
  code: string,
  bounds: readonly Bound[],
  made: string,
  text: string,
): Comparison {
  const before = readQuantities(code, made);
  const now = readQuantities(code, text);
  if (now.length < before.length) return { kind: 'unknown' };
  for (const [index, bound] of bounds.entries()) {
    for (const [line, values] of before.entries()) {
      const pair = { before: values[index] ?? NaN, now: now[line]?.[index] ?? NaN };
      if (!IS_AS_STRICT[bound](pair.now, pair.before)) return { kind: 'looser', ...pair };
    }
  }
  return { kind: 'as strict' };
}

/** @returns the numbers of each place where a line stands, but for places where they cannot be read */
export function readQuantities(code: string, text: string): readonly (readonly number[])[] {
  const [first = '', ...frames] = code.split(QUANTITY).map(pattern);
  const start = new RegExp(`${/^\w/.test(code) ? '(?<!\\w)' : ''}${first}`, 'g');
  return [...text.matchAll(start)].flatMap((match) => {
    const reader = new Reader(text, match.index + match[0].length);
    const values = frames.map((frame) => {
      const value = reader.sum();
      return (frame === '' ? reader.isEnd() : reader.skip(`\\s*${frame}`)) ? value : NaN;
    });
    return values.some(Number.isNaN) ? [] : [values];
  });
}

/** Code in any format. */
function pattern(code: string): string {
  const tokens = (code.match(/\w+|[^\w\s]/g) ?? []).map((token) => {
    if (/\w/.test(token)) return token;
    if (/["'`]/.test(token)) return '["\'`]';
    return /[)\]}]/.test(token) ? `(?:,\\s*)?\\${token}` : `\\${token}`;
  });
  return tokens.join('\\s*');
}

/** Reads an expression of numbers, constants, `*`, `+` and parentheses; NaN is whatever else stands there. */
class Reader {
  readonly #text: string;
  #at: number;
  /** Constants that are being read. */
  readonly #within: readonly string[];

  constructor(text: string, at: number, within: readonly string[] = []) {
    this.#text = text;
    this.#at = at;
    this.#within = within;
  }

  sum(): number {
    let sum = this.#product();
    while (this.skip('\\s*\\+')) sum += this.#product();
    return sum;
  }

  /** Whether nothing goes on with the expression. */
  isEnd(): boolean {
    return this.skip('[^\\S\\n]*(?:$|[,;)\\]}]|\\n\\s*(?![-+*/%.?&|^<>=([`\\s]))');
  }

  /** Goes on behind what matches, if it does. */
  skip(pattern: string): boolean {
    return this.#take(pattern) !== undefined;
  }

  #product(): number {
    let product = this.#factor();
    while (this.skip('\\s*\\*(?!\\*)')) product *= this.#factor();
    return product;
  }

  #factor(): number {
    const digits = this.#take('\\s*\\d[\\d_]*');
    if (digits !== undefined) return Number(digits.replaceAll('_', ''));
    const name = this.#take('\\s*[A-Za-z]\\w*')?.trim();
    if (name !== undefined) return this.#constant(name);
    if (!this.skip('\\s*\\(')) return NaN;
    const sum = this.sum();
    return this.skip('\\s*\\)') ? sum : NaN;
  }

  #constant(name: string): number {
    const declared = [
      ...this.#text.matchAll(
        new RegExp(`\\b(const|let|var)\\s+${name}\\b(?:\\s*:\\s*number)?\\s*=`, 'g'),
      ),
    ];
    const [only] = declared;
    const isConstant = declared.length === 1 && only?.[1] !== 'let';
    if (only === undefined || !isConstant || this.#within.includes(name)) return NaN;
    const reader = new Reader(this.#text, only.index + only[0].length, [...this.#within, name]);
    const value = reader.sum();
    return reader.isEnd() ? value : NaN;
  }

  #take(pattern: string): string | undefined {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = this.#at;
    const taken = sticky.exec(this.#text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }
}
