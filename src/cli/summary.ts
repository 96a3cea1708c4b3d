import type { Answers } from '../options/answers.ts';
import type { Kind } from '../options/kinds/kind.ts';
import { plainHttpOrigins } from '../options/kinds/origins.ts';
import type { Option, OptionName } from '../options/option.ts';
import type { Palette } from './colour.ts';
import { wrap } from './layout.ts';

interface Look {
  readonly palette: Palette;
  /** Of a line. */
  readonly width: number;
  /** The lines that there is room for; without it, there is room for all. */
  readonly height?: number;
  /** Whether the cost of an answer stands under it, where all of them fit: nobody has read it with its question. */
  readonly withCost: (name: OptionName) => boolean;
}

/**
 * What is about to be made, for a last look.
 *
 * @param directory as it was given.
 * @param shown the options that are of interest, of which those that do not apply are left out.
 */
export function summaryLines(
  answers: Answers,
  directory: string,
  shown: readonly Option[],
  { palette: { bold, dim, yellow }, width, height = Number.POSITIVE_INFINITY, withCost }: Look,
): readonly string[] {
  const rows = answered(shown, answers);
  const margin = labelWidth(rows) + 4;
  const below = (text: string) => wrap(text, width, ' '.repeat(margin));
  const lines = (costly: (name: OptionName) => boolean) => [
    '',
    bold('This is what you get'),
    '',
    ...rows.flatMap((option) => {
      const place = option.name === 'name' && directory !== answers.name ? `, in ${directory}` : '';
      const [value = '', ...more] = below(`${describeAnswer(option, answers)}${place}`);
      const cost = costly(option.name) ? costOf(option, answers) : undefined;
      const warning = option.name === 'corsOrigins' ? originWarning(answers) : undefined;
      return [
        `  ${dim(option.label.padEnd(margin - 2))}${value.trimStart()}`,
        ...more,
        ...(cost === undefined ? [] : below(cost).map(dim)),
        ...(warning === undefined ? [] : below(`! ${warning}`).map(yellow)),
      ];
    }),
  ];
  const all = lines(withCost);
  return all.length <= height ? all : lines(() => false);
}

/** What is to be said about origins that anybody on the way can pass for; undefined where there is none. */
export function originWarning({ corsOrigins }: Answers): string | undefined {
  const [first, second] = plainHttpOrigins(corsOrigins);
  if (first === undefined) return undefined;
  const what = second === undefined ? `${first} is` : `${first} and others are`;
  return `${what} not https: whoever is on the way can act as your users, so the server refuses it in production`;
}

/** The options that have an answer, among some. */
export function answered(among: readonly Option[], answers: Answers): readonly Option[] {
  return among.filter((option) => answers[option.name] !== undefined);
}

/** How wide the labels of some options are. */
export function labelWidth(among: readonly Option[]): number {
  return Math.max(...among.map(({ label }) => label.length));
}

/** The answer in the words of its question. */
export function describeAnswer({ kind, name }: Option, answers: Answers): string {
  return (kind as Kind<unknown>).describe(answers[name]);
}

function costOf({ kind, name }: Option, answers: Answers): string | undefined {
  if (kind.id !== 'choice') return undefined;
  return kind.offered.find(({ value }) => value === answers[name])?.cost;
}
