import type { Change } from '../disk/changes.ts';
import { busy } from '../disk/commit.ts';
import { resolveBase } from '../disk/target.ts';
import { recoverTarget } from '../disk/undo.ts';
import { ConflictError } from '../errors.ts';
import { printable } from '../options/printable.ts';

/** Finds the project, and puts right what a killed run left of it. */
export function openProject(cwd: string): string {
  const root = resolveBase(cwd);
  const atWork = recoverTarget(root, root);
  if (atWork !== undefined) throw busy(atWork, root);
  return root;
}

/** @throws {ConflictError} where any change is a conflict. */
export function refuseConflicts(changes: readonly Change[]): void {
  const conflicts = changes.filter(({ kind }) => kind === 'conflict');
  if (conflicts.length === 0) return;
  const paths = conflicts.map(({ path }) => path);
  const [first = ''] = paths;
  const files = paths.length === 1 ? printable(first) : `${paths.length} files`;
  throw new ConflictError({
    code: 'conflicts',
    message: `What you changed in ${files} and what is to change there cannot be brought together; nothing was written`,
    where: paths.join(' '),
    mend: 'Look at them with diff; then --on-conflict merge puts both into the file, keep takes yours, theirs takes ours.',
  });
}
