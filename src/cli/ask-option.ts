import type { HelmetHeaders } from '../options/answers.ts';
import type { Option, OptionName } from '../options/option.ts';
import { options } from '../options/schema.ts';
import { type Ask, BACK } from './ask.ts';
import { askHeaders } from './header-questions.ts';
import { askChoice, askOrigins } from './questions.ts';

/** What is known when an option is asked. */
interface Known {
  /** What is chosen to begin with. */
  readonly current: unknown;
  readonly byDefault: unknown;
  /** Whether a flag or a file has answered another option: what it says goes on to apply. */
  readonly isGiven: (name: OptionName) => boolean;
}

const YES_OR_NO = [
  { value: 'yes', title: 'Yes', mark: 'default', cost: '' },
  { value: 'no', title: 'No', cost: '' },
] as const;

/**
 * Asks for the answer to an option.
 *
 * @returns the answer, or `BACK` after Esc.
 */
export async function askOption(
  ask: Ask,
  option: Option,
  { current, byDefault, isGiven }: Known,
): Promise<unknown> {
  const { kind, question, risk } = option;
  const asked = { message: question, risk };
  switch (kind.id) {
    case 'choice': {
      const mark = option.asked ? 'recommended' : 'default';
      const dependants = options.filter(
        ({ name, when }) => when?.option === option.name && isGiven(name),
      );
      const offered = kind.offered
        .filter(({ value }) => dependants.every(({ when }) => when?.is.includes(value)))
        .map((choice) => ({ ...choice, mark: choice.value === byDefault ? mark : undefined }));
      return askChoice(ask, asked, offered, current);
    }
    case 'switch': {
      const reply = await askChoice(ask, asked, YES_OR_NO, current === false ? 'no' : 'yes');
      return reply === BACK ? BACK : reply === 'yes';
    }
    case 'origins':
      return askOrigins(ask, asked, current as readonly string[], (origins) =>
        kind.check(origins, option.label),
      );
    case 'headers':
      return askHeaders(ask, asked, kind.check(current, option.label) as HelmetHeaders);
    default:
      throw new RangeError(`Nobody is asked about ${option.name}.`);
  }
}
