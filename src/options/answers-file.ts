import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../errors.ts';
import { suggest } from './closest.ts';
import { checkJsonShape } from './json-shape.ts';
import type { OptionName } from './option.ts';
import { printable } from './printable.ts';
import { pinned } from './reproduce.ts';
import type { Given, GivenAnswers } from './resolve.ts';
import { options } from './schema.ts';

const LARGEST = 64 * 1024;

/**
 * Reads a file of answers; its values are checked later, beside those of the flags.
 *
 * @param path where it is, for the system.
 * @param shown the same as it was given.
 * @throws {InputError} when it cannot be read, is too large or too deep, is not one JSON object, or has an unknown key.
 */
export function readAnswersFile(path: string, shown: string): GivenAnswers {
  const answers = parse(readText(path, shown), shown);
  const file = basename(path);
  const keys = options.map((option) => option.name);
  const given = new Map<OptionName, Given>();
  for (const [key, value] of Object.entries(answers)) {
    // A schema's address helps editors, and is no answer.
    if (key === '$schema') continue;
    if (!keys.includes(key as OptionName)) {
      throw refused(shown, `has the unknown key ${printable(key)}`, suggest(key, keys));
    }
    given.set(key as OptionName, { value, where: `${key} in ${file}` });
  }
  return given;
}

function readText(path: string, file: string): string {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (cause) {
    throw refused(file, 'cannot be read', 'Give the path of a JSON file with answers.', cause);
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw refused(file, 'is no file', 'Give the path of a JSON file.');
    if (stats.size > LARGEST) {
      throw refused(file, `is larger than ${LARGEST / 1024} kB`, 'Answers fit into much less.');
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(handle));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refused(file, 'is no UTF-8 text', 'Save it as UTF-8.', error);
  } finally {
    closeSync(handle);
  }
}

function parse(text: string, file: string): object {
  const problem = checkJsonShape(text);
  if (problem !== undefined) {
    throw refused(file, problem, `See ${pinned('options', '--json')} for its schema.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused(file, `is not JSON: ${printable(reason)}`, 'Mend the JSON.', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(file, 'is not one JSON object', 'Write { "auth": "session" } and the like.');
  }
  return value;
}

function refused(file: string, problem: string, mend: string, cause?: unknown): InputError {
  const shown = printable(file);
  return new InputError({
    code: 'bad-answers-file',
    message: `The answers file ${shown} ${problem}`,
    where: '--answers',
    mend,
    cause,
  });
}
