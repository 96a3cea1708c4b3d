import { version } from '../package-root.ts';
import type { Answers } from './answers.ts';
import type { Option, OptionName } from './option.ts';
import { defaultOf } from './resolve.ts';
import { options } from './schema.ts';
import { shellQuote } from './shell-quote.ts';

/** What `npx` defaults to: a project for another package manager says so. */
const NPX = { packageManager: 'npm' } as const;

/**
 * The arguments that make the same project again: what differs from the defaults, and `--yes` for the rest.
 *
 * @param directory as it was given, or made of the name.
 * @param nameOfDirectory the name that `directory` alone would give, if any.
 * @param base where `directory` starts from, seen from here; empty for here.
 */
export function reproducingArguments(
  answers: Answers,
  directory: string,
  nameOfDirectory: string | undefined,
  base = '',
): readonly string[] {
  const flags = flagsOf(answers, (option) =>
    option.name === 'name' ? nameOfDirectory : defaultOf(option, NPX),
  );
  return [directory, ...(base === '' ? [] : ['--cwd', base]), ...flags, '--yes'];
}

/** The arguments that give a project other answers: those that it is to have and has not. */
export function differingArguments(answers: Answers, now: Answers): readonly string[] {
  return flagsOf(answers, (option) =>
    // A switch is of one run, and the name is nobody's to change.
    option.kind.id === 'switch' || option.name === 'name'
      ? answers[option.name]
      : (now[option.name] ?? defaultOf(option, NPX)),
  );
}

/** The flags for what is not understood already. */
function flagsOf(answers: Answers, understood: (option: Option) => unknown): readonly string[] {
  return options.flatMap((option) => {
    const value = answers[option.name];
    if (value === undefined || sameValue(value, understood(option))) return [];
    if (option.kind.id === 'switch') return [`--${option.flag}`];
    const toFlag = option.kind.toFlag as (value: Answers[OptionName]) => string;
    return [`--${option.flag}`, toFlag(value)];
  });
}

/** A command of this program as one line to paste, with the version pinned; it runs where no copy of it is installed. */
export function pinned(...args: readonly string[]): string {
  return ['npx', `create-secure-express@${version}`, ...args].map(shellQuote).join(' ');
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
