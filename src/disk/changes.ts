import { ConflictError } from '../errors.ts';
import { printable } from '../options/printable.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import type { Target } from './target.ts';

/** What is to happen to one file of the target. */
export type Change = Creation | Replacement | Deletion | Conflict | Stay;

interface Affected {
  /** Relative to the target, with `/` between folders. */
  readonly path: string;
}

/** A file where there is none. */
export interface Creation extends Affected {
  readonly kind: 'create';
  readonly file: TreeFile;
  /** The path that the target's own file keeps, where ours gives way to it under another name. */
  readonly insteadOf?: string;
}

/** New content for a file. `update`: nobody's edits are in it; `merge`: somebody's are, and stay. */
export interface Replacement extends Affected {
  readonly kind: 'update' | 'merge';
  readonly file: TreeFile;
  /** SHA-256 of what it holds now: if it holds anything else when its turn comes, everything is taken back. */
  readonly before: string;
  /** What clashed, one line each; decided as was asked. */
  readonly conflicts?: readonly string[];
  /** What goes with what it replaces, where a person should know. */
  readonly why?: string;
}

export interface Deletion extends Affected {
  readonly kind: 'delete';
  /** Id of the feature that owned the file. */
  readonly feature: string;
  /** As for a replacement. */
  readonly before: string;
  /** What goes with it, where a person should know. */
  readonly why?: string;
}

/** Edits that ours cannot be brought together with: a person has to decide. A commit takes none. */
export interface Conflict extends Affected {
  readonly kind: 'conflict';
  /** What cannot be brought together, one line each. */
  readonly problems: readonly string[];
  /** What ours would be; with conflict markers, where there is text to merge. */
  readonly file: TreeFile;
  /** As for a replacement; absent where nothing could be written. */
  readonly before?: string;
}

/** `unchanged`: it is what it should be. `keep`: the target's own stays, and ours is not written. */
export interface Stay extends Affected {
  readonly kind: 'unchanged' | 'keep';
  /** What ours would be. */
  readonly file: TreeFile;
  /** Why ours is not written, where a person should know. */
  readonly why?: string;
}

/**
 * Holds a tree against a target that is absent, or holds only what may stay.
 *
 * @returns one change for each file of the tree, in its order.
 * @throws {ConflictError} when even the name to give way to is taken.
 */
export function holdAgainst(tree: Tree, target: Target): readonly (Creation | Stay)[] {
  // Systems differ in whether README.md and Readme.md are one file: here they always are.
  const taken = new Set(target.existing?.map((name) => name.toLowerCase()));
  return [...tree].map(([path, file]) => {
    if (!taken.has(path.toLowerCase())) return { kind: 'create', path, file };
    if (!/^readme\./i.test(path)) return { kind: 'keep', path, file };
    const beside = path.replace('.', '.secure-express.');
    if (!taken.has(beside.toLowerCase())) {
      return { kind: 'create', path: beside, file, insteadOf: path };
    }
    throw new ConflictError({
      code: 'readme-taken',
      message: `The target has both ${printable(path)} and ${printable(beside)}`,
      where: beside,
      mend: 'Move one of them away: ours needs a place.',
    });
  });
}

/** Whether anything is to be written. */
export function isChange({ kind }: Change): boolean {
  return kind !== 'unchanged' && kind !== 'keep';
}

/** Whether a change is of a file of secrets. */
export function isSecret(change: Change): boolean {
  return 'file' in change && change.file.secret === true;
}
