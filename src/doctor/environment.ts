import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { hostNames } from '../render/host-names.ts';
import { NotKnown } from './not-known.ts';

/** The settings of a machine, as its `.env` has them. An empty value counts as not set, as it does for the server. */
export interface Environment {
  /** By the names that a project has for them; what only the app around a module reads is left out. */
  readonly settings: Readonly<Record<string, string>>;
  /** POSIX permission bits. */
  readonly mode: number;
  /** The name of a setting in `.env`. */
  readonly nameOf: (name: string) => string;
}

/**
 * Reads the `.env` in a folder.
 *
 * @param isHost whether the modules lie in an app that was there before, where some settings have another name
 * @returns undefined where there is none, as on a machine that takes its settings elsewhere
 */
export function readEnvironment(
  directory: string,
  isHost: boolean,
): Environment | NotKnown | undefined {
  const path = join(directory, '.env');
  try {
    const nameOf = isHost ? hostNames : (name: string) => name;
    const settings = Object.entries(parseEnv(readFileSync(path, 'utf8')))
      // What a module does not read stands under a name that it has for something else.
      .filter(([name, value]) => value && nameOf(name) === name)
      .map(([name, value]) => {
        const own = name.replace(/^AUTH_/, '');
        return [nameOf(own) === name ? own : name, value];
      });
    return {
      settings: Object.fromEntries(settings),
      mode: statSync(path).mode & 0o777,
      nameOf,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : new NotKnown(code ?? message);
  }
}
