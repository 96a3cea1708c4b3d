import type { Plan } from '../commands/regenerate.ts';
import { CancelledError } from '../errors.ts';
import { type Ask, BACK } from './ask.ts';
import { askChoice } from './questions.ts';

/** What a person wants who has seen a plan: that it is done, or another look at the answers. */
export type Agreement = 'do' | 'back';

/**
 * Asks a person who sees a plan whether it is to be done.
 *
 * @param showDiff shows the plan in full.
 * @param hasAnswers whether there are answers to go back to.
 * @throws {CancelledError} where it is not.
 */
export async function askAgreement(
  ask: Ask,
  plan: Plan,
  showDiff: (plan: Plan) => void,
  hasAnswers: boolean,
): Promise<Agreement> {
  const choices = [
    { value: 'do', title: 'Do it', cost: '' },
    { value: 'diff', title: 'Show the diff', cost: '' },
    ...(hasAnswers ? [{ value: 'back', title: 'Change the answers', cost: '' } as const] : []),
    { value: 'cancel', title: 'Cancel', cost: 'nothing is written' },
  ] as const;
  for (;;) {
    const verdict = await askChoice<'do' | 'diff' | 'back' | 'cancel'>(
      ask,
      // What stays is the plan above; nothing of this question.
      { message: 'Shall this be done?', passing: true },
      choices,
      'do',
    );
    if (verdict === 'do') return 'do';
    if (verdict === 'diff') showDiff(plan);
    else if (hasAnswers && verdict !== 'cancel') return 'back';
    else if (verdict === BACK || verdict === 'cancel') throw new CancelledError();
  }
}
