import type { Change } from '../disk/changes.ts';

/**
 * A change for programs, the same whichever command makes it; without its content: that of some files is secret, and of
 * the others a matter of the disk. `mode` is that of ours: a file that is there already keeps its own.
 */
export function changeDocument(change: Change): object {
  const { kind, path } = change;
  const { mode, feature } = 'file' in change ? change.file : { feature: change.feature };
  return {
    change: kind,
    path,
    ...(mode !== undefined && { mode: mode.toString(8).padStart(4, '0') }),
    feature,
    ...('insteadOf' in change && { insteadOf: change.insteadOf }),
    ...('conflicts' in change && { conflicts: change.conflicts }),
    ...('problems' in change && { problems: change.problems }),
    ...('why' in change && { why: change.why }),
  };
}
