import { withoutComments as blanked } from '../without-comments.ts';

/**
 * How often code stands in a file, however it is formatted: white space, kinds of quotes, and commas and semicolons
 * that a formatter may leave out do not count, and what is commented out is not there.
 *
 * @param path tells how the file writes comments
 * @param code with `…` between two pieces, the first counts only where it stands before the second
 */
export function countCode(path: string, text: string, code: string): number {
  return countBare(bareCode(path, text), code);
}

/** The same for a file that `bareCode` has read: for when much is looked for. */
export function countBare(all: string, code: string): number {
  const [sought = '', next] = code.split('…').map(bare);
  const end = next === undefined ? -1 : all.indexOf(next);
  const within = end < 0 ? all : all.slice(0, end);
  let count = 0;
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) {
    if (!isInWord(all, at) && !isInWord(all, at + sought.length)) count += 1;
  }
  return count;
}

/** A file as `countBare` takes it. */
export function bareCode(path: string, text: string): string {
  return bare(withoutComments(path, text));
}

/** How often a pattern matches in a text. */
export function countMatches(text: string, pattern: RegExp): number {
  return [...text.matchAll(new RegExp(pattern, `g${pattern.flags}`))].length;
}

/** A file without what is commented out in it; `path` tells how it writes comments. */
export function withoutComments(path: string, text: string): string {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return text.replace(/^\s*#.*$/gm, '');
  return blanked(text);
}

function bare(code: string): string {
  return code
    .replace(/['`]/g, '"')
    .replace(/;/g, ' ')
    .replace(/\s*([^\w\s])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/,(?=[)\]}])/g, '')
    .trim();
}

/** Whether a place lies inside a word or a number, so that 10 is not found in 100. */
function isInWord(text: string, at: number): boolean {
  return /\w/.test(text[at - 1] ?? '') && /\w/.test(text[at] ?? '');
}
