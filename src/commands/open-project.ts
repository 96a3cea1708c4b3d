import { busy } from '../disk/commit.ts';
import { resolveBase } from '../disk/target.ts';
import { recoverTarget } from '../disk/undo.ts';

/** Finds the project, and puts right what a killed run left of it. */
export function openProject(cwd: string): string {
  const root = resolveBase(cwd);
  const atWork = recoverTarget(root, root);
  if (atWork !== undefined) throw busy(atWork, root);
  return root;
}
