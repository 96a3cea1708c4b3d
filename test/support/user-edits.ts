import fc from 'fast-check';

/** One edit of one file: by a user, or by us between two versions. */
export interface Edit {
  /** Which of the files, counted round. */
  readonly file: number;
  readonly at: number;
  readonly kind: 'insert' | 'replace' | 'delete' | 'delete-file' | 'new-file';
}

export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    file: fc.nat({ max: 1000 }),
    at: fc.nat({ max: 30 }),
    kind: fc.constantFrom('insert', 'insert', 'replace', 'delete', 'delete-file', 'new-file'),
  }),
  { maxLength: 12 },
);

/** Files by path, as lines without their ends. */
export type Lines = Map<string, string[]>;

/**
 * Edits files.
 *
 * @param paths what may be edited; some of it may not be there
 * @param line what the edit of a number brings, which occurs nowhere else
 * @returns the lines that the edits brought and that are still there at the end, with the file that each is in
 */
export function applyEdits(
  files: Lines,
  paths: readonly string[],
  all: readonly Edit[],
  line: (path: string, index: number) => string,
): ReadonlyMap<string, string> {
  const brought = new Map<string, string>();
  for (const [index, { file, at, kind }] of all.entries()) {
    const path = paths[file % paths.length] ?? '';
    const lines = files.get(path);
    const mine = line(path, index);
    if (kind === 'new-file') {
      const fresh = newPath(path, file);
      files.set(fresh, [mine]);
      brought.set(mine, fresh);
    } else if (kind === 'delete-file') {
      files.delete(path);
    } else if (lines !== undefined) {
      const place = Math.min(at, lines.length);
      lines.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'delete' ? [] : [mine]));
      if (kind !== 'delete') brought.set(mine, path);
    }
  }
  // Some edits undo others.
  return new Map([...brought].filter(([mine, path]) => files.get(path)?.includes(mine)));
}

function newPath(path: string, number: number): string {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  return `${folder}new-${number % 6}.txt`;
}

/** How somebody's editor writes lines. */
export const STYLES = [
  (lines: readonly string[]) => lines.map((line) => `${line}\n`).join(''),
  (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join(''),
  (lines: readonly string[]) => lines.join('\n'),
] as const;
