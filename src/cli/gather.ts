import { resolve } from 'node:path';
import { InputError } from '../errors.ts';
import { readAnswersFile } from '../options/answers-file.ts';
import type { GivenAnswers } from '../options/resolve.ts';
import type { CommandLine } from './command-line.ts';

/**
 * Puts the answers of flags and of the answers file together.
 *
 * @throws {InputError} when the file cannot be used, or when both answer the same question differently.
 */
export function gatherAnswers({ given, answersFile }: CommandLine): GivenAnswers {
  if (answersFile === undefined) return given;
  const answers = new Map(readAnswersFile(resolve(answersFile), answersFile));
  for (const [name, { value, where }] of given) {
    const other = answers.get(name);
    if (other !== undefined && JSON.stringify(other.value) !== JSON.stringify(value)) {
      throw new InputError({
        code: 'conflicting-answers',
        message: `${where} and ${other.where} disagree`,
        where,
        mend: 'Leave one of them out.',
      });
    }
    answers.set(name, { value, where });
  }
  return answers;
}
