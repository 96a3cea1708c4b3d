import { diff3Merge, diffComm } from 'node-diff3';
import type { OnConflict } from './on-conflict.ts';

/** Three states of one text: as we made it last time, as it is now, and as we would make it now. */
export interface Sides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface Merged {
  readonly content: string;
  /** What could not be brought together, one line each; decided as was asked. */
  readonly conflicts: readonly string[];
}

/**
 * Merges line by line. Line ends, a byte order mark and a missing final newline stay as they are in `ours`, unless
 * only `theirs` changed them.
 *
 * @param onConflict with `fail`, the content has markers, to be shown.
 */
export function mergeText({ base, ours, theirs }: Sides, onConflict: OnConflict): Merged {
  const [from, mine, your] = [takeApart(base), takeApart(ours), takeApart(theirs)];
  const lines: string[] = [];
  const conflicts: string[] = [];
  const regions = diff3Merge([...mine.lines], [...from.lines], [...your.lines], {
    excludeFalseConflicts: true,
  });
  for (const { ok, conflict } of regions) {
    if (ok !== undefined) lines.push(...ok);
    if (conflict === undefined) continue;
    const imports = mergeImports(conflict);
    if (imports !== undefined) {
      lines.push(...imports);
      continue;
    }
    conflicts.push(linesFrom(conflict.aIndex, conflict.a.length));
    if (onConflict === 'keep') lines.push(...conflict.a);
    else if (onConflict === 'theirs') lines.push(...conflict.b);
    else lines.push(MARKS.mine, ...conflict.a, MARKS.between, ...conflict.b, MARKS.your);
  }
  const endsWithNewline =
    mine.endsWithNewline === from.endsWithNewline ? your.endsWithNewline : mine.endsWithNewline;
  return { content: putTogether({ ...mine, lines, endsWithNewline }, mine), conflicts };
}

/** Whether two texts differ in their line ends at most. */
export function isSameText(a: string, b: string): boolean {
  return a === b || unify(a) === unify(b);
}

/** Gives a text of ours the line ends and the byte order mark of the one that it replaces. */
export function inTheStyleOf(former: string, text: string): string {
  return putTogether(takeApart(text), takeApart(former));
}

/**
 * Imports that both sides added or took out in the same place clash only as lines: what matters is which are there.
 *
 * @returns undefined for lines that are something else, or where both sides import from one module and differ.
 */
function mergeImports({ a, o, b }: Record<'a' | 'o' | 'b', string[]>): string[] | undefined {
  const sources = new Map<string, string>();
  for (const line of [...a, ...o, ...b]) {
    const source = /^import (?:type )?[^"']*["']([^"']+)["'];?$/.exec(line)?.[1];
    if (source === undefined) return undefined;
    sources.set(line, source);
  }
  const merged = [
    ...a.filter((line) => b.includes(line) || !o.includes(line)),
    ...b.filter((line) => !a.includes(line) && !o.includes(line)),
  ];
  const isOnce = new Set(merged.map((line) => sources.get(line))).size === merged.length;
  return isOnce ? merged : undefined;
}

const MARKS = {
  mine: '<<<<<<< yours',
  between: '=======',
  your: '>>>>>>> create-secure-express',
};

function linesFrom(index: number, length: number): string {
  return length > 1 ? `lines ${index + 1} to ${index + length}` : `line ${index + 1}`;
}

interface Text {
  readonly hasMark: boolean;
  /** Without their ends. */
  readonly lines: readonly string[];
  /** The end of each line. */
  readonly ends: readonly string[];
  readonly endsWithNewline: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

function takeApart(text: string): Text {
  const hasMark = text.startsWith(BYTE_ORDER_MARK);
  const body = hasMark ? text.slice(1) : text;
  const endsWithNewline = body.endsWith('\n');
  const raw = body.split('\n');
  if (endsWithNewline) raw.pop();
  return {
    hasMark,
    lines: raw.map((line) => line.replace(/\r$/, '')),
    ends: raw.map((line) => (line.endsWith('\r') ? '\r\n' : '\n')),
    endsWithNewline,
  };
}

/** Puts lines together, with the ends that `like` has: each line's own where it is the same line. */
function putTogether({ lines, endsWithNewline }: Text, like: Text): string {
  const ends = endsOf(lines, like);
  const text = lines.map((line, index) => `${line}${ends[index]}`).join('');
  const mark = like.hasMark ? BYTE_ORDER_MARK : '';
  return `${mark}${endsWithNewline ? text : text.replace(/\r?\n$/, '')}`;
}

function endsOf(lines: readonly string[], like: Text): readonly string[] {
  const returns = like.ends.filter((end) => end === '\r\n').length;
  const usual = returns * 2 > like.ends.length ? '\r\n' : '\n';
  if (returns === 0 || returns === like.ends.length) return lines.map(() => usual);
  // Both kinds in one file.
  const ends: string[] = [];
  let index = 0;
  for (const { common, buffer1, buffer2 } of diffComm([...like.lines], [...lines])) {
    for (const _ of common ?? []) ends.push(like.ends[index++] ?? usual);
    index += buffer1?.length ?? 0;
    for (const _ of buffer2 ?? []) ends.push(usual);
  }
  return ends;
}

function unify(text: string): string {
  return text.replace(BYTE_ORDER_MARK, '').replaceAll('\r\n', '\n');
}
