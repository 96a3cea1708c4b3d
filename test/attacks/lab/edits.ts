import type { Tree } from '../../../src/render/tree.ts';

/** A change to one rendered file. */
export interface Edit {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly search: string;
  readonly replace: string;
}

/**
 * Changes rendered files.
 *
 * @throws where what is searched for is not there exactly once: the generated code has moved on, and so must the edit
 */
export function applyEdits(tree: Tree, edits: readonly Edit[]): Tree {
  const changed = new Map(tree);
  for (const { file, search, replace } of edits) {
    const found = changed.get(file);
    if (!found) throw new Error(`there is no ${file} to change`);
    const parts = String(found.content).split(search);
    if (parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} times, not once: ${search}`);
    }
    changed.set(file, { ...found, content: parts.join(replace) });
  }
  return changed;
}
