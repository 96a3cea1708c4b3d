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
  for (const edit of edits) {
    const found = changed.get(edit.file);
    if (!found) throw new Error(`there is no ${edit.file} to change`);
    changed.set(edit.file, { ...found, content: edited(String(found.content), edit) });
  }
  return changed;
}

/**
 * Changes one text.
 *
 * @throws where what is searched for is not there exactly once
 */
export function edited(text: string, { file, search, replace }: Edit): string {
  const parts = text.split(search);
  if (parts.length !== 2) {
    throw new Error(`${file} has ${parts.length - 1} times, not once: ${search}`);
  }
  return parts.join(replace);
}
