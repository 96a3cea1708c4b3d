import { InputError } from '../../errors.ts';
import { suggest } from '../closest.ts';
import { printable } from '../printable.ts';
import type { Kind } from './kind.ts';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly title: string;
  /** What choosing it costs, in one line. */
  readonly cost: string;
}

export interface ChoiceKind<Value extends string = string> extends Kind<Value> {
  readonly id: 'choice';
  /** The default first. */
  readonly offered: readonly Choice<Value>[];
}

/** One of a few words. */
export function choiceKind<Value extends string>(
  offered: readonly Choice<Value>[],
): ChoiceKind<Value> {
  const values = offered.map((choice) => choice.value);

  function check(value: unknown, where: string): Value {
    const choice = offered.find((candidate) => candidate.value === value);
    if (choice === undefined) {
      throw new InputError({
        code: 'unknown-choice',
        message: `${printable(value)} is not a choice of ${where}`,
        where,
        mend: suggest(typeof value === 'string' ? value : '', values),
      });
    }
    return choice.value;
  }

  return {
    id: 'choice',
    offered,
    fromFlag: ([text]) => text,
    check,
    toFlag: (value) => value,
    describe: (value) => offered.find((choice) => choice.value === value)?.title ?? value,
    jsonSchema: () => ({ enum: values }),
  };
}
