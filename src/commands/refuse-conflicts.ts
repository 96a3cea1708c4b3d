import type { Change } from '../disk/changes.ts';
import { ConflictError } from '../errors.ts';
import type { StillImported } from '../host/still-imported.ts';
import { printable, shownPath } from '../options/printable.ts';

/** A line for each import of what goes, as far as a person would read them. */
export function toldImports(imports: readonly StillImported[]): readonly string[] {
  const lines = imports.map(
    ({ where, module }) => `${shownPath(where)} still imports ${shownPath(module)}`,
  );
  const more = lines.length - MOST_TOLD;
  return more > 0 ? [...lines.slice(0, MOST_TOLD), `and ${more} more`] : lines;
}

const MOST_TOLD = 5;

/**
 * @param imports of what goes, by what stays.
 * @throws {ConflictError} where any change is a conflict, or anything is still imported.
 */
export function refuseConflicts(
  changes: readonly Change[],
  imports: readonly StillImported[] = [],
): void {
  const conflicts = changes.filter(({ kind }) => kind === 'conflict');
  if (conflicts.length + imports.length === 0) return;
  const paths = conflicts.map(({ path }) => path);
  const [first = ''] = paths;
  const files = paths.length === 1 ? printable(first) : `${paths.length} files`;
  const problem =
    conflicts.length > 0
      ? `What you changed in ${files} and what is to change there cannot be brought together`
      : 'Your code would not run without it';
  throw new ConflictError({
    code: conflicts.length > 0 ? 'conflicts' : 'still-imported',
    message: [...toldImports(imports), `${problem}; nothing was written`].join('\n  '),
    where: [...paths, ...imports.map(({ where }) => where)].join(' '),
    mend: 'Look at them with diff; then --on-conflict merge puts both into the file, keep takes yours, theirs takes ours.',
  });
}
