import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The settings of a machine, as its `.env` has them. An empty value counts as not set, as it does for the server. */
export interface Environment {
  readonly settings: Readonly<Record<string, string>>;
  /** POSIX permission bits. */
  readonly mode: number;
}

/** Reads the `.env` in a folder; undefined where there is none, as on a machine that takes its settings elsewhere. */
export function readEnvironment(directory: string): Environment | undefined {
  const path = join(directory, '.env');
  try {
    const settings = parseEnv(readFileSync(path, 'utf8'));
    return {
      settings: Object.fromEntries(
        Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])),
      ),
      mode: statSync(path).mode & 0o777,
    };
  } catch {
    return undefined;
  }
}
