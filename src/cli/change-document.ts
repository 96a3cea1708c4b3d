import type { Change } from '../disk/changes.ts';

/** A change for programs, without its content: that of some files is secret, and of the others a matter of the disk. */
export function changeDocument(change: Change): object {
  const { kind, path } = change;
  return {
    change: kind,
    path,
    feature: 'file' in change ? change.file.feature : change.feature,
    ...('conflicts' in change && { conflicts: change.conflicts }),
    ...('problems' in change && { problems: change.problems }),
    ...('why' in change && { why: change.why }),
  };
}
