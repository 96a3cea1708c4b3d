import { readDiskFile } from './disk-file.ts';

/**
 * Finds where a merge left the decision to somebody who has not taken it yet.
 *
 * @returns the line of each marker that begins one, from 1.
 * @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
 */
export function conflictMarkers(text: string): readonly number[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (!/^<{7} /.test(line)) return [];
    const between = lines.indexOf('=======', index);
    const end = lines.findIndex((one, at) => at > between && /^>{7} /.test(one));
    return between > index && end > between ? [index + 1] : [];
  });
}

/** The same for files of a project, as `path:line`; what is no text has none. */
export function markersLeft(root: string, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const disk = readDiskFile(root, path);
    if (disk === undefined || disk === 'other' || disk.text === undefined) return [];
    return conflictMarkers(disk.text).map((line) => `${path}:${line}`);
  });
}
