import { withoutComments as blanked } from '../without-comments.ts';

/**
 * How often code stands in a file, however it is formatted: white space, kinds of quotes, and commas and semicolons
 * that a formatter may leave out do not count, and what is commented out is not there.
 *
 * @param path tells how the file writes comments
 */
export function countCode(path: string, text: string, code: string): number {
  const sought = bare(code);
  const within = bare(withoutComments(path, text));
  let count = 0;
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    if (!isInWord(within, at) && !isInWord(within, end)) count += 1;
  }
  return count;
}

/** How often a pattern matches in a file, outside comments. */
export function countMatches(path: string, text: string, pattern: RegExp): number {
  return [...withoutComments(path, text).matchAll(new RegExp(pattern, 'g'))].length;
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
