import { printable } from './printable.ts';

const DEEPEST = 4;

/**
 * Looks over JSON text for what `JSON.parse` lets pass without a word: a key that is given twice (the last would win),
 * and nesting that no answer needs.
 *
 * @returns what is wrong, or undefined; whether it is JSON at all is left to the parser.
 */
export function checkJsonShape(text: string): string | undefined {
  const keysByDepth: Set<string>[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '{' || character === '[') {
      keysByDepth.push(new Set());
      if (keysByDepth.length > DEEPEST) return `is nested deeper than ${DEEPEST} levels`;
    } else if (character === '}' || character === ']') {
      keysByDepth.pop();
    } else if (character === '"') {
      const end = endOfString(text, index);
      if (isKey(text, end)) {
        const key = decode(text.slice(index, end));
        if (keysByDepth.at(-1)?.has(key)) return `has the key ${printable(key)} twice`;
        keysByDepth.at(-1)?.add(key);
      }
      index = end - 1;
    }
  }
  return undefined;
}

/** The index after the closing quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charAt(index) !== '"') {
    index += text.charAt(index) === '\\' ? 2 : 1;
  }
  return index + 1;
}

const COLON_NEXT = /\s*:/y;

function isKey(text: string, end: number): boolean {
  COLON_NEXT.lastIndex = end;
  return COLON_NEXT.test(text);
}

/** The key itself: `"\u0061uth"` is `auth` too. */
function decode(key: string): string {
  try {
    return JSON.parse(key);
  } catch {
    return key;
  }
}
