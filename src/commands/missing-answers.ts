import { InputError } from '../errors.ts';
import type { Option } from '../options/option.ts';
import { pinned } from '../options/reproduce.ts';

/** The error to throw where a question has no answer, and nobody is there to give one. */
export function missingAnswers(open: readonly Option[]): InputError {
  const flags = open.map(({ flag }) => (flag === 'name' ? '[directory]' : `--${flag}`));
  const [first, ...rest] = flags;
  const list =
    rest.length === 0 ? first : `${[first, ...rest.slice(0, -1)].join(', ')} and ${rest.at(-1)}`;
  return new InputError({
    code: 'missing',
    message: `There is no terminal to ask at, and ${list} ${rest.length === 0 ? 'is' : 'are'} missing`,
    where: flags.join(' '),
    mend:
      rest.length === 0 && first === '[directory]'
        ? `For example: ${pinned('my-api', '--yes')}`
        : 'Give them, or --answers FILE, or take the defaults with --yes.',
  });
}
