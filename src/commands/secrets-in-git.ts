import { type Change, isChange, isSecret } from '../disk/changes.ts';
import { openRepository } from '../doctor/git.ts';
import { NotKnown } from '../doctor/not-known.ts';
import { ConflictError } from '../errors.ts';
import { printable } from '../options/printable.ts';

/**
 * Keeps secrets out of files that git tracks: the next commit would publish them, whatever `.gitignore` says.
 *
 * @throws {ConflictError} where a plan writes fresh secrets into such a file.
 */
export async function refuseTrackedSecrets(
  root: string,
  changes: readonly Change[],
): Promise<void> {
  const paths = changes
    .filter((change) => isChange(change) && isSecret(change))
    .map(({ path }) => path);
  if (paths.length === 0) return;
  const repository = await openRepository(root);
  if (repository === undefined || repository instanceof NotKnown) return;
  for (const path of paths) {
    if ((await repository.isTracked(path)) !== true) continue;
    throw new ConflictError({
      code: 'secrets-tracked',
      message: `git tracks ${printable(path)}, and fresh secrets would go into it; nothing was written`,
      where: path,
      mend: `git rm --cached ${path}, commit that, and run this again; draw anew what secrets were in it.`,
    });
  }
}

/** Whether git is sure not to take in the secrets of a repo; false too where git is not there to say. */
export async function hidesSecrets(root: string): Promise<boolean> {
  const repository = await openRepository(root);
  if (repository === undefined || repository instanceof NotKnown) return false;
  return (await repository.isIgnored('.env')) === true;
}
