import { type Change, isSecret } from '../disk/changes.ts';
import { commit } from '../disk/commit.ts';
import { planWayBack } from '../disk/way-back.ts';
import { LOCK_FILES } from '../host/lock-files.ts';
import { readDiskFile } from '../merge/disk-file.ts';
import type { TreeFile } from '../render/tree.ts';

/** Files as they are before a run, that the way back does not hold: by path, undefined for one that is not there. */
export type Remembered = ReadonlyMap<string, TreeFile | undefined>;

/** Remembers what a run may change and its way back leaves out: secrets, and what installing writes. */
export function remember(root: string, changes: readonly Change[]): Remembered {
  const secrets = changes.filter(isSecret).map(({ path }) => path);
  const paths = [...secrets, ...LOCK_FILES.map(([file]) => file)];
  return new Map(
    paths.flatMap((path): [string, TreeFile | undefined][] => {
      const disk = readDiskFile(root, path);
      if (disk === 'other') return [];
      if (disk === undefined) return [[path, undefined]];
      const { bytes: content, mode } = disk;
      const secret = secrets.includes(path);
      return [[path, { content, mode, feature: 'project', secret }]];
    }),
  );
}

/** Takes back the last commit, all of it. A file that somebody else has changed since stays. */
export async function takeBack(root: string, remembered: Remembered): Promise<void> {
  const others = planWayBack(root, 'keep').filter(({ path }) => !remembered.has(path));
  const changes = [...remembered].flatMap(([path, file]): Change[] => {
    const disk = readDiskFile(root, path);
    if (disk === 'other') return [];
    if (file === undefined) {
      if (disk === undefined) return [];
      return [{ kind: 'delete', path, feature: 'project', before: disk.sha256 }];
    }
    if (disk === undefined) return [{ kind: 'create', path, file }];
    if (Buffer.compare(disk.bytes, Buffer.from(file.content)) === 0) return [];
    return [{ kind: 'update', path, file, before: disk.sha256 }];
  });
  // Whatever stopped the run, this goes to its end.
  const { signal } = new AbortController();
  await commit([...others, ...changes], { path: root, anchor: root }, signal, { undoable: true });
}
