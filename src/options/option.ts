import type { Answers } from './answers.ts';
import type { ChoiceKind } from './kinds/choice.ts';
import type { HeadersKind } from './kinds/headers.ts';
import type { NameKind } from './kinds/name.ts';
import type { OriginsKind } from './kinds/origins.ts';
import type { SwitchKind } from './kinds/switch.ts';

export type OptionName = keyof Answers;

/** When an option applies: while an earlier option has one of these values. */
export interface Condition {
  readonly option: OptionName;
  readonly is: readonly string[];
  /** Why it does not apply otherwise; completes "it does not apply: ". */
  readonly whyNot: string;
}

/** One thing that a project can be asked about. Prompts, flags, help, JSON Schema and checks all come from it. */
export interface Option {
  /** The key in `Answers` and in an answers file. */
  readonly name: OptionName;
  /** The flag, without its `--`. */
  readonly flag: string;
  /** The row in the summary. */
  readonly label: string;
  readonly question: string;
  /** What is at stake, in one line, shown above the question. */
  readonly risk?: string;
  readonly kind: ChoiceKind | OriginsKind | HeadersKind | NameKind | SwitchKind;
  /** False for an option that only a flag or an answers file sets. */
  readonly asked: boolean;
  readonly when?: Condition;
}

/** Whether `option` applies beside the values that are known so far; undefined while the deciding one is not known. */
export function applies(
  option: Option,
  known: { readonly [Name in OptionName]?: unknown },
): boolean | undefined {
  if (option.when === undefined) return true;
  const decider = known[option.when.option];
  return decider === undefined ? undefined : option.when.is.some((value) => value === decider);
}
