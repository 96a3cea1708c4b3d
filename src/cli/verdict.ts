import { CancelledError } from '../errors.ts';
import type { Answers } from '../options/answers.ts';
import type { Option } from '../options/option.ts';
import { type Ask, BACK } from './ask.ts';
import { askChoice } from './questions.ts';
import { answered, describeAnswer, labelWidth } from './summary.ts';

/** How many lines the question takes, under the summary. */
export const VERDICT_HEIGHT = 5;

/** What a person wants after the last look: the project, or to answer one question again. */
export type Verdict = 'create' | typeof BACK | { readonly change: Option };

/**
 * Asks for the verdict.
 *
 * @param creating what going on means, such as `Create it`.
 * @throws {CancelledError} when the person does not want the project after all.
 */
export async function askVerdict(
  ask: Ask,
  answers: Answers,
  shown: readonly Option[],
  creating: string,
): Promise<Verdict> {
  for (;;) {
    const verdict = await askChoice(
      ask,
      { message: 'Is that right?', passing: true },
      [
        { value: 'create', title: creating, cost: '' },
        { value: 'change', title: 'Change an answer', cost: '' },
        { value: 'cancel', title: 'Cancel: nothing is written', cost: '' },
      ],
      'create',
    );
    if (verdict === 'cancel') throw new CancelledError();
    if (verdict !== 'change') return verdict;
    const option = await askWhichAnswer(ask, answers, shown);
    if (option !== BACK) return { change: option };
  }
}

async function askWhichAnswer(
  ask: Ask,
  answers: Answers,
  shown: readonly Option[],
): Promise<Option | typeof BACK> {
  const among = answered(shown, answers);
  const width = labelWidth(among) + 2;
  const name = await askChoice(
    ask,
    { message: 'Which one?', passing: true, hang: width },
    among.map((option) => ({
      value: option.name,
      title: `${option.label.padEnd(width)}${describeAnswer(option, answers)}`,
      cost: '',
    })),
    undefined,
  );
  return name === BACK ? BACK : (among.find((option) => option.name === name) ?? BACK);
}
