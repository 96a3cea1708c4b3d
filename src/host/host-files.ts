import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../disk/disk-error.ts';

/** A folder that can be looked into, and not written to. Paths are relative to it, with `/`. */
export interface Folder {
  /** Whether a file or a folder of that name is there. */
  readonly has: (path: string) => boolean;
  /** The text of a file; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

/** What can be seen of a host: its package, and the folders above it in the same repository. */
export interface HostFiles extends Folder {
  /** Its source files, sorted: no dependencies, no build output, nothing hidden. */
  readonly sources: () => readonly string[];
  /** Whether it has more than those. */
  readonly hasMore: () => boolean;
  /** The folders above, the nearest first, up to the one with the repository. */
  readonly above: readonly Folder[];
}

/**
 * Looks at a package on the disk. Nothing is read before it is asked for.
 *
 * @param most sources that are of interest.
 */
export function openHostFiles(root: string, most: number = MOST_SOURCES): HostFiles {
  let listed: { readonly sources: readonly string[]; readonly hasMore: boolean } | undefined;
  const list = () => {
    listed ??= firstSources(root, most);
    return listed;
  };
  return {
    ...folderAt(root),
    sources: () => list().sources,
    hasMore: () => list().hasMore,
    above: foldersAbove(root).map(folderAt),
  };
}

/** Each of them is read, and some are parsed. */
export const MOST_SOURCES = 5000;
const DEEPEST = 12;
/** A source that somebody wrote is smaller, in characters. */
const LARGEST_SOURCE = 500_000;

/** What holds nobody's own sources. */
const FOREIGN =
  /^(\..*|node_modules|bower_components|dist|build|out|output|coverage|public|static|assets|vendor|tmp|logs?|__generated__|generated)$/;

/** Looks into one folder. */
export function folderAt(root: string): Folder {
  return {
    has: (path) => existsSync(join(root, path)),
    read: (path) => {
      try {
        const at = join(root, path);
        return statSync(at).size > LARGEST_SOURCE ? undefined : readFileSync(at, 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}

function firstSources(root: string, most: number) {
  const sources: string[] = [];
  for (const path of listSources(root, '', 0)) {
    if (sources.length === most) return { sources: sources.sort(), hasMore: true };
    sources.push(path);
  }
  return { sources: sources.sort(), hasMore: false };
}

function* listSources(root: string, folder: string, depth: number): Iterable<string> {
  const entries = entriesOf(join(root, folder));
  if (depth === 0) startWithApp(entries, folderAt(root).read('package.json') ?? '');
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) {
      yield path;
    }
    if (!entry.isDirectory() || FOREIGN.test(entry.name) || depth >= DEEPEST) continue;
    // Another package has its own shape.
    if (existsSync(join(root, path, 'package.json'))) continue;
    yield* listSources(root, path, depth + 1);
  }
}

/** The files here and the folders where an application is likely come first: there may be too many of the others. */
function startWithApp(entries: Dirent[], packageJson: string): void {
  const rank = (entry: Dirent) => {
    if (!entry.isDirectory()) return 0;
    return entry.name === 'src' || packageJson.includes(`${entry.name}/`) ? 1 : 2;
  };
  entries.sort((a, b) => rank(a) - rank(b));
}

/** A folder that cannot be looked into, such as the data of a container, holds no sources. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['EACCES', 'EPERM', 'ENOENT'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

/** Up to the repository's root, the nearest first; none where the package is not in a repository, or is all of it. */
export function foldersAbove(root: string): readonly string[] {
  const folders: string[] = [];
  for (let at = root; !existsSync(join(at, '.git')); at = dirname(at)) {
    if (dirname(at) === at) return [];
    folders.push(dirname(at));
  }
  return folders;
}
