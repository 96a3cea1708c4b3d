import { builtinModules } from 'node:module';
import { InputError } from '../../errors.ts';
import { printable } from '../printable.ts';
import type { Kind } from './kind.ts';

export interface NameKind extends Kind<string> {
  readonly id: 'name';
}

const LONGEST_NAME = 214;
const NAME = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/** Names of devices on Windows, with any extension: a directory of that name cannot be made or removed there. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

const TAKEN = new Set(['node_modules', 'favicon.ico', '__proto__', 'constructor', 'prototype']);

/** The npm package name of the project. */
export const nameKind: NameKind = {
  id: 'name',
  fromFlag: ([text]) => text,
  check(value, where) {
    const problem = typeof value === 'string' ? problemOfName(value) : 'is not text';
    if (problem === undefined) return value as string;
    const slug = typeof value === 'string' ? suggestName(value) : undefined;
    throw new InputError({
      code: 'bad-name',
      message: `${where}: ${printable(value)} ${problem}`,
      where,
      mend:
        slug === undefined
          ? 'A name is like my-api: lower-case letters, digits and hyphens.'
          : `Try ${slug}.`,
    });
  },
  toFlag: (name) => name,
  describe: (name) => name,
  jsonSchema: () => ({ type: 'string', maxLength: LONGEST_NAME, pattern: NAME.source }),
};

/** Why `name` can be no npm package, or undefined when it can. */
function problemOfName(name: string): string | undefined {
  const bare = name.slice(name.indexOf('/') + 1);
  if (name === '') return 'is empty';
  if (name.length > LONGEST_NAME) return `is longer than npm's ${LONGEST_NAME} characters`;
  if (/[A-Z]/.test(name)) return 'has upper-case letters, which npm refuses';
  if (TAKEN.has(bare)) return 'is reserved';
  if (!NAME.test(name)) return 'is not a name that npm takes';
  if (bare.endsWith('.')) return 'ends in a dot, which Windows drops';
  if (WINDOWS_DEVICE.test(bare)) return 'is the name of a device on Windows';
  if (builtinModules.includes(name)) return 'is the name of a module of Node.js';
  return undefined;
}

/** A name that npm takes and that looks like `text`; undefined when nothing of it is left. */
export function suggestName(text: string): string | undefined {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug !== '' && problemOfName(slug) === undefined ? slug : undefined;
}

/**
 * Checks one name on the way to the target directory: it must mean the same on every system, and nothing to a terminal.
 *
 * @param where the flag or the argument that it came from, for the error.
 * @throws {InputError} when it does not.
 */
export function checkDirectoryName(name: string, where: string): void {
  const problem = problemOfDirectoryName(name);
  if (problem === undefined) return;
  const slug = suggestName(name);
  throw new InputError({
    code: 'bad-directory',
    message: `${where}: ${printable(name)} ${problem}`,
    where,
    mend: slug === undefined ? 'Choose a name like my-api.' : `Try ${slug}.`,
  });
}

function problemOfDirectoryName(name: string): string | undefined {
  // Most names are plain, and the classes of Unicode take longer to compile than the rest of the check.
  const foreign = /^[a-z\d._@+ -]+$/i.test(name) ? undefined : problemOfCharacters(name);
  if (foreign !== undefined) return foreign;
  if (/[. ]$/.test(name)) return 'ends in a dot or a space, which Windows drops';
  if (name.startsWith('-')) return 'begins like a flag';
  if (WINDOWS_DEVICE.test(name)) return 'is the name of a device on Windows';
  if (/^(\.git|node_modules|__proto__)$/i.test(name)) return 'is reserved';
  if (Buffer.byteLength(name) > 255) return 'is longer than a file system takes';
  return undefined;
}

function problemOfCharacters(name: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return 'has control characters';
  // Right-to-left marks and invisible characters show a name that is not the name.
  if (/\p{Cf}|\p{Co}|\p{Cn}|\p{Zl}|\p{Zp}/u.test(name)) return 'has invisible characters';
  if (!/^[\p{L}\p{M}\p{N}._@+ -]+$/u.test(name))
    return 'has characters that shells or Windows trip over';
  return undefined;
}
