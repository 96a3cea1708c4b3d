import type { Answers } from '../../../src/options/answers.ts';
import type { Tree } from '../../../src/render/tree.ts';

/** Looks at one rendered project, and says what is wrong with it: a line each, beginning with the file. */
export type Check = (tree: Tree, answers: Answers) => Iterable<string>;

/** The text of a file, which must be there. */
export function textOf(tree: Tree, path: string): string {
  const content = tree.get(path)?.content;
  if (typeof content !== 'string') throw new Error(`${path}: is missing, or is no text`);
  return content;
}

/** The files that people read: everything but the record that this program keeps for itself. */
export function* texts(tree: Tree): Iterable<readonly [path: string, text: string]> {
  for (const [path, { content }] of tree) {
    if (typeof content === 'string' && !path.startsWith('.secure-express/')) yield [path, content];
  }
}

/** Remembers what `find` found in a file: thousands of projects share a few hundred different ones. */
export function remembered<T>(
  find: (path: string, text: string) => T,
): (path: string, text: string) => T {
  const known = new Map<string, Map<string, T>>();
  return (path, text) => {
    const versions = known.get(path) ?? new Map<string, T>();
    known.set(path, versions);
    const before = versions.get(text);
    if (before !== undefined) return before;
    const found = find(path, text);
    versions.set(text, found);
    return found;
  };
}
