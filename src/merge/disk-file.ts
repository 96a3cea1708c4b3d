import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../disk/disk-error.ts';
import { sha256 } from '../sha256.ts';

/** A file as it is on the disk. */
export interface DiskFile {
  readonly bytes: Uint8Array;
  /** Undefined where it is no UTF-8 text, and so nothing to merge. */
  readonly text: string | undefined;
  readonly sha256: string;
  /** The bits of `chmod`. */
  readonly mode: number;
}

/**
 * Reads one file of a project.
 *
 * @returns undefined where there is none; `other` for a directory, a symbolic link and the like.
 */
export function readDiskFile(root: string, path: string): DiskFile | 'other' | undefined {
  const at = join(root, path);
  try {
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) return 'other';
    const bytes = readFileSync(at);
    return { bytes, text: decode(bytes), sha256: sha256(bytes), mode: stats.mode & 0o777 };
  } catch (error) {
    // It went between the two, or a file stands where a directory was.
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
