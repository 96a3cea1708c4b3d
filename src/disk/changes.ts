import { ConflictError } from '../errors.ts';
import { printable } from '../options/printable.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import type { Target } from './target.ts';

/** What is to happen to one file of the target. */
export interface Change {
  /** `keep`: the target's own file stays, and ours is not written. */
  readonly kind: 'create' | 'keep';
  /** Relative to the target, with `/` between folders. */
  readonly path: string;
  readonly file: TreeFile;
  /** The path that the target's own file keeps, where ours gives way to it under another name. */
  readonly insteadOf?: string;
}

/**
 * Holds a tree against a target that is absent, or holds only what may stay.
 *
 * @returns one change for each file of the tree, in its order.
 * @throws {ConflictError} when even the name to give way to is taken.
 */
export function holdAgainst(tree: Tree, target: Target): readonly Change[] {
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
