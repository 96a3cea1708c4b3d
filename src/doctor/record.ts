import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { checkPath, unpackBase } from '../merge/record.ts';
import type { Answers } from '../options/answers.ts';
import type { OptionName } from '../options/option.ts';
import { printable } from '../options/printable.ts';
import { checkGiven, type Given, resolveAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { BASE, MANIFEST } from '../record-paths.ts';

/** What a project keeps about how it was made. */
export interface ProjectRecord {
  /** Of the program that made it. */
  readonly version: string;
  readonly answers: Answers;
  /** The SHA-256 of each owned file as it was made, in hexadecimal, by its path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Where something else was put in place, the SHA-256 of that: what was written of migrations is never rewritten. */
  readonly written?: ReadonlyMap<string, string>;
  /** Where the modules lie in a repo that was there before; undefined in a project that was made whole. */
  readonly folder?: string;
  /** What was put into files of such a repo, by path: the module does nothing without it. */
  readonly inserted?: ReadonlyMap<string, readonly string[]>;
  /** The files as they were made; undefined where that part of the record is gone. */
  readonly base: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads what the project in `directory` keeps about how it was made.
 *
 * @throws {InputError} where there is no record, or one that cannot be read or leads out of the project
 */
export function readRecord(directory: string): ProjectRecord {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) {
    throw new InputError({
      code: 'no-record',
      message: `There is no ${MANIFEST} in ${printable(directory)}`,
      where: '--cwd',
      mend: 'Run it in a project that this program made, or name its folder with --cwd.',
    });
  }
  const manifest = readManifest(path);
  const { files, version } = manifest.document as { files?: unknown; version?: unknown };
  const hashesAs = (key: string): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(isObject(files) ? files : {}).flatMap(([file, entry]) => {
        const hash = isObject(entry)
          ? Object.entries(entry).find(([name]) => name === key)
          : undefined;
        return hash === undefined ? [] : [[file, String(hash[1])] as const];
      }),
    );
  const host = readHost(manifest.document);
  const hashes = hashesAs('sha256');
  const { folder, inserted } = host;
  for (const named of [
    ...hashes.keys(),
    ...(inserted?.keys() ?? []),
    ...(folder ? [folder] : []),
  ]) {
    checkPath(named, MANIFEST);
  }
  return {
    ...host,
    version: typeof version === 'string' ? version : 'an unknown version',
    answers: manifest.answers,
    hashes,
    written: hashesAs('written'),
    base: readBase(join(directory, BASE)),
  };
}

/**
 * The answers in a manifest, or in a file of answers; keys that this version does not know are left out.
 *
 * @throws {InputError} where there are none
 */
export function readManifest(path: string): { answers: Answers; document: object } {
  const shown = basename(path);
  const refused = (problem: string, mend: string) =>
    new InputError({
      code: 'bad-record',
      message: `${shown} ${problem}`,
      where: path,
      mend,
    });
  const mend = 'Give the project’s .secure-express/manifest.json, as it was committed.';
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refused(error instanceof SyntaxError ? 'is not JSON' : 'cannot be read', mend);
  }
  const answers = isObject(document) && 'answers' in document ? document.answers : document;
  if (!isObject(document) || !isObject(answers)) throw refused('has no answers', mend);
  const names = new Set<string>(options.map(({ name }) => name));
  const given = new Map<OptionName, Given>();
  for (const [name, value] of Object.entries(answers)) {
    if (names.has(name)) given.set(name as OptionName, { value, where: `${name} in ${shown}` });
  }
  checkGiven(given);
  return { answers: resolveAnswers(given, { packageManager: 'npm' }), document };
}

/** Where modules were mounted in a repo that was there before. */
function readHost(document: object): Pick<ProjectRecord, 'folder' | 'inserted'> {
  if (!('host' in document) || !isObject(document.host)) return {};
  const { shape, wiring } = document.host as { shape?: unknown; wiring?: unknown };
  const inserted = (Array.isArray(wiring) ? wiring : []).flatMap((one: unknown) =>
    isObject(one) && 'path' in one && 'inserted' in one && Array.isArray(one.inserted)
      ? [[String(one.path), [...one.inserted, ...standsIn(one)].map(String)] as const]
      : [],
  );
  return {
    ...(isObject(shape) && 'folder' in shape && { folder: String(shape.folder) }),
    inserted: new Map(inserted),
  };
}

/** What is mounted where something of the repo's own was. */
function standsIn(wiring: object): readonly unknown[] {
  return 'standsIn' in wiring && Array.isArray(wiring.standsIn) ? wiring.standsIn : [];
}

function readBase(path: string): ReadonlyMap<string, string> | undefined {
  try {
    const base: unknown = JSON.parse(unpackBase(readFileSync(path)));
    if (!isObject(base)) return undefined;
    return new Map(Object.entries(base).map(([file, content]) => [file, String(content)]));
  } catch {
    return undefined;
  }
}
