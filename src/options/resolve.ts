import { InputError } from '../errors.ts';
import type { Answers } from './answers.ts';
import { strictHeaders } from './kinds/headers.ts';
import { applies, type Option, type OptionName } from './option.ts';
import { options } from './schema.ts';

/** A value from outside, not checked yet, and the flag, key or question that gave it. */
export interface Given {
  readonly value: unknown;
  readonly where: string;
}

export type GivenAnswers = ReadonlyMap<OptionName, Given>;

/** The defaults that the schema cannot know. */
export interface Circumstances {
  /** The package manager that ran us, else npm. */
  readonly packageManager: Answers['packageManager'];
}

/**
 * Makes the answers out of what was given, with defaults for the rest.
 *
 * @param given must hold `name`, which has no default.
 * @returns frozen, with exactly the keys that apply.
 * @throws {InputError} for a value that cannot be used, or that does not apply beside the others.
 */
export function resolveAnswers(given: GivenAnswers, circumstances: Circumstances): Answers {
  const values: { [Name in OptionName]?: unknown } = {};
  for (const option of options) {
    const value = settle(option, given.get(option.name), values, circumstances);
    if (value !== undefined) values[option.name] = value;
  }
  return deepFreeze(values) as unknown as Answers;
}

function settle(
  option: Option,
  given: Given | undefined,
  values: { readonly [Name in OptionName]?: unknown },
  circumstances: Circumstances,
): unknown {
  if (applies(option, values)) {
    return given === undefined
      ? defaultOf(option, circumstances)
      : option.kind.check(given.value, given.where);
  }
  if (given === undefined) return undefined;
  throw new InputError({
    code: 'not-applicable',
    message: `${given.where} does not apply: ${option.when?.whyNot}`,
    where: given.where,
    mend: `Leave ${given.where} out, or choose ${option.when?.option} ${option.when?.is.join(' or ')}.`,
  });
}

/**
 * Checks each given value by itself, before anything is asked.
 *
 * @throws {InputError} for those that cannot be used, or that cannot apply beside the others.
 */
export function checkGiven(given: GivenAnswers): void {
  const errors: InputError[] = [];
  const known: { [Name in OptionName]?: unknown } = {};
  for (const option of options) {
    const own = given.get(option.name);
    if (own === undefined) continue;
    try {
      known[option.name] = option.kind.check(own.value, own.where);
      if (applies(option, known) === false) settle(option, own, known, { packageManager: 'npm' });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw allOf(errors);
}

/** Several errors as one, so that they can be mended in one go. */
function allOf(errors: readonly InputError[]): InputError {
  const [first, ...more] = errors as readonly [InputError, ...InputError[]];
  if (more.length === 0) return first;
  return new InputError({
    code: first.code,
    message: errors.map(({ message }) => message).join('; '),
    where: errors.map(({ where }) => where).join(' '),
    mend: errors.map(({ where, mend }) => `${where}: ${mend}`).join('\n  '),
  });
}

/** The questions that still need an answer, as far as the given ones decide which apply. */
export function openQuestions(given: GivenAnswers): readonly Option[] {
  const known = Object.fromEntries([...given].map(([name, { value }]) => [name, value]));
  return options.filter(
    (option) => option.asked && !given.has(option.name) && applies(option, known) === true,
  );
}

/** What an option is when nobody says otherwise; undefined for the name. */
export function defaultOf(option: Option, circumstances: Circumstances): unknown {
  if (option.name === 'packageManager') return circumstances.packageManager;
  switch (option.kind.id) {
    case 'choice':
      return option.kind.offered[0]?.value;
    case 'origins':
      return [];
    case 'headers':
      return structuredClone(strictHeaders);
    case 'switch':
      return true;
    case 'name':
      return undefined;
  }
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
