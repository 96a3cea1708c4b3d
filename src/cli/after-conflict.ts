import { UsedSinceError } from '../commands/used-since.ts';
import { ConflictError } from '../errors.ts';
import { pinned } from '../options/reproduce.ts';
import type { CommandLine } from './command-line.ts';
import { answerFlags, controlFlags } from './flags.ts';

/** What each choice does with the lines that clash. */
const CHOICES = [
  ['merge', 'Both, between markers'],
  ['keep', 'Yours'],
  ['theirs', 'Ours'],
] as const;

/** What each does with files that were changed since the run that is undone: there is nothing to merge. */
const CHOICES_OF_UNDO = [
  ['keep', 'As they are now'],
  ['theirs', 'As they were (another --undo brings back yours)'],
] as const;

/** The conflicts that a command goes on from. */
const GO_ON = ['conflicts', 'still-imported', 'used-since'];

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
  { command, undo, apply }: Pick<CommandLine, 'command' | 'undo' | 'apply'>,
): ConflictError {
  if (!GO_ON.includes(error.code)) return error;
  const { code, message, where } = error;
  if (apply !== undefined) {
    return new ConflictError({ code, message, where, mend: PLAN_ANEW, cause: error });
  }
  const again = args.filter(
    (word, index) =>
      !OF_ONE_RUN.includes(word) &&
      !/^--(on-conflict|plan)(=|$)/.test(word) &&
      !/^--(on-conflict|plan)$/.test(args[index - 1] ?? ''),
  );
  const decided = (choice: string) => pinned(...again, '--on-conflict', choice);
  if (code === 'still-imported') {
    const mend = `Take those lines out, and run it again; or remove all the same:\n  ${decided('theirs')}`;
    return new ConflictError({ code, message, where, mend, cause: error });
  }
  const rows: (readonly [string, string])[] = [];
  if (error instanceof UsedSinceError) {
    const forward = [...again.filter((word) => word !== '--undo'), ...error.forward];
    if (error.forward.length > 0) rows.push(['Safe with any database', pinned(...forward)]);
    const edits = error.losesEdits ? ' (your edits since go too)' : '';
    rows.push([`Where no server has run since${edits}`, decided('theirs')]);
  } else {
    const choices = CHOICES.filter(([choice]) => command.name !== 'remove' || choice !== 'merge');
    const showsDiff = command.name === 'regenerate' && !undo;
    if (showsDiff) rows.push(['Look at them', pinned(...asDiff(again, command.name))]);
    for (const [choice, what] of undo ? CHOICES_OF_UNDO : choices)
      rows.push([what, decided(choice)]);
  }
  const width = Math.max(...rows.map(([what]) => what.length));
  const mend = rows.map(([what, line]) => `${`${what}:`.padEnd(width + 2)}${line}`).join('\n  ');
  return new ConflictError({ code, message, where, mend, cause: error });
}

/** What is applied is what was planned, and how conflicts are decided is a part of that. */
const PLAN_ANEW =
  'Make the plan anew with --plan and --on-conflict merge, keep or theirs, look at it, and apply that one.';

/** Flags whose value may be the name of a command, and is none. */
const VALUED = [...controlFlags, ...answerFlags]
  .filter(({ value }) => value !== undefined)
  .map(({ name }) => `--${name}`);

/** The same command line for `diff`, wherever in it the command stands. */
function asDiff(args: readonly string[], command: string): readonly string[] {
  const at = args.findIndex(
    (word, index) => word === command && !VALUED.includes(args[index - 1] ?? ''),
  );
  return args.with(at, 'diff').filter((word) => !/^--(no-install|verify)$/.test(word));
}
