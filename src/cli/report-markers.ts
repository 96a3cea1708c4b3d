import type { Change } from '../disk/changes.ts';
import { markersLeft } from '../merge/markers.ts';
import type { Palette } from './colour.ts';
import { count } from './layout.ts';

/** The conflict markers that wait in the files of a plan, as `path:line`. */
export function markersIn(root: string, changes: readonly Change[]): readonly string[] {
  return markersLeft(
    root,
    changes.map(({ path }) => path),
  );
}

/** Says that conflict markers wait for somebody; nothing where there are none. */
export function markersText(markers: readonly string[], { yellow }: Palette): readonly string[] {
  if (markers.length === 0) return [];
  const files = new Set(markers.map((marker) => marker.replace(/:\d+$/, ''))).size;
  const have = files === 1 ? 'has' : 'have';
  return [
    `${yellow('!')} ${count(files, 'file')} ${have} conflict markers: ${markers.join(', ')}.`,
    '  Decide between what stands above ======= (yours) and below it (ours), and take the markers out.',
  ];
}
