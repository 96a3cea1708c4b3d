import { ConflictError } from '../errors.ts';
import { pinned } from '../options/reproduce.ts';
import type { CommandLine } from './command-line.ts';

/** What each choice does with the lines that clash. */
const CHOICES = [
  ['merge', 'Both, between markers'],
  ['keep', 'Yours'],
  ['theirs', 'Ours'],
] as const;

/** Flags that were for one run only. */
const OF_ONE_RUN = ['--dry-run', '--json', '--yes', '-y'];

/**
 * Adds to a conflict the commands that go on from there, ready to paste.
 *
 * @param args as they were typed.
 */
export function withCommands(
  error: ConflictError,
  args: readonly string[],
  { command, undo }: Pick<CommandLine, 'command' | 'undo'>,
): ConflictError {
  if (error.code !== 'conflicts') return error;
  const again = args.filter(
    (word, index) =>
      !OF_ONE_RUN.includes(word) &&
      !/^--(on-conflict|plan)(=|$)/.test(word) &&
      !/^--(on-conflict|plan)$/.test(args[index - 1] ?? ''),
  );
  const choices = CHOICES.filter(([choice]) =>
    undo ? choice === 'keep' : command.name !== 'remove' || choice !== 'merge',
  );
  const showsDiff = command.name === 'regenerate' && !undo;
  const rows: (readonly [string, string])[] = [
    ...(showsDiff
      ? [['Look at them', pinned('diff', ...again.slice(1).filter(isOfDiff))] as const]
      : []),
    ...choices.map(([choice, what]) => [what, pinned(...again, '--on-conflict', choice)] as const),
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const mend = rows.map(([what, line]) => `${`${what}:`.padEnd(width + 2)}${line}`).join('\n  ');
  const { code, message, where } = error;
  return new ConflictError({ code, message, where, mend, cause: error });
}

function isOfDiff(word: string): boolean {
  return !/^--(no-install|verify|apply)$/.test(word);
}
