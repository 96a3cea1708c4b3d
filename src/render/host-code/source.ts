import type { File, Node } from '@babel/types';
import { parseSource, walk } from '../../host/syntax.ts';

/** Where a node, or anything else, stands in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

let last: { readonly path: string; readonly text: string; readonly file: File } | undefined;

/** Parses a file that we rendered ourselves; once, where one step after the other asks for the same text. */
export function parseOwn(path: string, text: string): File {
  if (last?.path === path && last.text === text) return last.file;
  const file = parseSource(path, text);
  if (!file) throw new Error(`what was rendered for ${path} is no program`);
  last = { path, text, file };
  return file;
}

/** Visits every node of a file. */
export function eachNode(file: File, visit: (node: Node, parent: Node | undefined) => void): void {
  walk(file.program, (node, ancestors) => {
    visit(node, ancestors.at(-1));
    return true;
  });
}
