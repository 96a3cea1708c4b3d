/** The folder of a project in which its record lies. */
export const RECORD = '.secure-express';

/** The answers, and every file's hash. */
export const MANIFEST = `${RECORD}/manifest.json`;
/** Every file as it was rendered last time. */
export const BASE = `${RECORD}/base.gz`;
/** The files of a host as they were before the first of ours came. */
export const BEFORE = `${RECORD}/before.gz`;

/** Whether a file of a project is part of its record. */
export function isRecord(path: string): boolean {
  return path.startsWith(`${RECORD}/`);
}
