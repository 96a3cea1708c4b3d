import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
  /** The folders above, the nearest first, up to the one with the repository. */
  readonly above: readonly Folder[];
}

/** Looks at a package on the disk. Nothing is read before it is asked for. */
export function openHostFiles(root: string): HostFiles {
  let sources: readonly string[] | undefined;
  return {
    ...folderAt(root),
    sources: () => {
      sources ??= [...listSources(root, '', 0)].slice(0, MOST_SOURCES).sort();
      return sources;
    },
    above: foldersAbove(root).map(folderAt),
  };
}

const MOST_SOURCES = 5000;
const DEEPEST = 12;
/** A source that somebody wrote is smaller, in characters. */
const LARGEST_SOURCE = 500_000;

/** What holds nobody's own sources. */
const FOREIGN =
  /^(\..*|node_modules|bower_components|dist|build|out|output|coverage|public|static|assets|vendor|tmp|logs?|__generated__|generated)$/;

function folderAt(root: string): Folder {
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

function* listSources(root: string, folder: string, depth: number): Iterable<string> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
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

/** None where the package is not in a repository, or is the repository. */
function foldersAbove(root: string): readonly string[] {
  const folders: string[] = [];
  for (let at = root; !existsSync(join(at, '.git')); at = dirname(at)) {
    if (dirname(at) === at) return [];
    folders.push(dirname(at));
  }
  return folders;
}
