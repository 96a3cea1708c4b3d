import { CancelledError } from '../errors.ts';
import type { Answers } from '../options/answers.ts';
import type { Kind } from '../options/kinds/kind.ts';
import type { Option } from '../options/option.ts';
import { isQuestion, options } from '../options/schema.ts';
import { type Ask, BACK } from './ask.ts';
import type { Palette } from './colour.ts';
import { textWidth, wrap } from './layout.ts';
import { askChoice } from './questions.ts';

/**
 * What is about to be made, for a last look.
 *
 * @param directory as it was given.
 * @param columns of the terminal.
 */
export function summaryText(
  answers: Answers,
  directory: string,
  { bold, dim }: Palette,
  columns: number | undefined,
): string {
  const asked = answeredOptions(answers).filter(isQuestion);
  const margin = Math.max(...asked.map(({ label }) => label.length)) + 4;
  const below = (text: string) => wrap(text, textWidth(columns), ' '.repeat(margin));
  const rows = asked.flatMap((option) => {
    const [value = '', ...more] = below(describe(option, answers));
    const cost = option.name === 'name' ? `in ${directory}` : costOf(option, answers);
    return [
      `  ${dim(option.label.padEnd(margin - 2))}${value.trimStart()}`,
      ...more,
      ...(cost === undefined ? [] : below(cost).map(dim)),
    ];
  });
  const others = answeredOptions(answers)
    .filter((option) => !option.asked)
    .map((option) => `${option.label.toLowerCase()} ${describe(option, answers)}`);
  return [
    '',
    bold('This is what you get'),
    '',
    ...rows,
    '',
    `  ${dim(others.join(', '))}`,
    '',
  ].join('\n');
}

/** What a person wants after the last look: the project, or to answer one question again. */
export type Verdict = 'create' | typeof BACK | { readonly change: Option };

/**
 * Asks for the verdict.
 *
 * @param creating what going on means, such as `Create it`.
 * @throws {CancelledError} when the person does not want the project after all.
 */
export async function askVerdict(ask: Ask, answers: Answers, creating: string): Promise<Verdict> {
  for (;;) {
    const verdict = await askChoice(
      ask,
      'Is that right?',
      [
        { value: 'create', title: creating, cost: '' },
        { value: 'change', title: 'Change an answer', cost: '' },
        { value: 'cancel', title: 'Cancel', cost: 'nothing is written' },
      ],
      'create',
    );
    if (verdict === 'cancel') throw new CancelledError();
    if (verdict !== 'change') return verdict;
    const option = await askWhichAnswer(ask, answers);
    if (option !== BACK) return { change: option };
  }
}

async function askWhichAnswer(ask: Ask, answers: Answers): Promise<Option | typeof BACK> {
  const asked = answeredOptions(answers).filter(isQuestion);
  const name = await askChoice(
    ask,
    'Which one?',
    asked.map((option) => ({
      value: option.name,
      title: option.label,
      cost: describe(option, answers),
    })),
    undefined,
  );
  return name === BACK ? BACK : (asked.find((option) => option.name === name) ?? BACK);
}

function answeredOptions(answers: Answers): readonly Option[] {
  return options.filter((option) => answers[option.name] !== undefined);
}

function describe({ kind, name }: Option, answers: Answers): string {
  return (kind as Kind<unknown>).describe(answers[name]);
}

function costOf({ kind, name }: Option, answers: Answers): string | undefined {
  if (kind.id !== 'choice') return undefined;
  return kind.offered.find(({ value }) => value === answers[name])?.cost;
}
