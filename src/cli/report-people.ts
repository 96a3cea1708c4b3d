import { relative } from 'node:path';
import type { Step } from '../commands/afterwards.ts';
import { ADDRESS, FIRST_REQUEST, testCommand } from '../commands/by-hand.ts';
import type { Created } from '../commands/create.ts';
import type { Creation, Stay } from '../disk/changes.ts';
import { pinned } from '../options/reproduce.ts';
import { options } from '../options/schema.ts';
import type { Palette } from './colour.ts';
import { count, duration, textWidth } from './layout.ts';
import { plannedFiles } from './planned-files.ts';
import type { Reporter } from './report.ts';
import { startSpinner } from './spinner.ts';
import { originWarning, summaryLines } from './summary.ts';

interface Outlets {
  readonly out: (text: string) => void;
  /** How wide stdout is; undefined where it is no terminal. */
  readonly columns: () => number | undefined;
  /** Writes what moves on one line; undefined where that would be of no use. */
  readonly animate: ((text: string) => void) | undefined;
  readonly err: (text: string) => void;
  /** Of stdout. */
  readonly palette: Palette;
  /** Of stderr. */
  readonly errorPalette: () => Palette;
}

/** Tells people: a line for each thing done, then what to type next. */
export function reportToPeople({
  out,
  columns,
  animate,
  err,
  palette,
  errorPalette,
}: Outlets): Reporter {
  const { bold, dim, green, yellow, cyan } = palette;

  function written(changes: readonly (Creation | Stay)[], elapsedMs: number): void {
    const files = changes.filter((change) => change.kind === 'create');
    out(`${green('✔')} Wrote ${count(files.length, 'file')} ${dim(`in ${duration(elapsedMs)}`)}`);
    for (const line of keptLines(changes)) out(`  ${dim(line)}`);
  }

  let stopSpinner = () => {};

  function stepBegins(name: Step['name'], command: string): void {
    if (animate !== undefined) stopSpinner = startSpinner(animate, DOING[name](command));
    else if (name === 'install') out(`\n${dim(`$ ${command}`)}`);
  }

  function stepEnds(step: Step): void {
    stopSpinner();
    if (step.output !== undefined) out(step.output.trimEnd());
    const took = dim(`in ${duration(step.elapsedMs)}`);
    if (step.status === 'done') out(`${green('✔')} ${DONE[step.name]} ${took}`);
    if (step.status === 'skipped') out(`${dim('–')} ${SKIPPED[step.name]}: ${step.note}`);
    if (step.status === 'failed') {
      out(`${yellow('!')} ${FAILED[step.name]}: ${step.note}`);
      out(`  ${dim('By hand:')} ${step.command}`);
    }
    if (step.status === 'done' && step.note !== undefined) out(`  ${dim(step.note)}`);
  }

  function created(result: Created): void {
    const { dryRun, target, answers, changes, next, again, elapsedMs } = result;
    const left = result.steps.filter(({ status }) => status === 'failed');
    if (dryRun) {
      const files = changes.filter(({ kind }) => kind === 'create').map(({ path }) => path);
      const width = textWidth(columns());
      const look = { palette, width, withCost: () => true };
      for (const line of summaryLines(answers, result.directory, options, look)) out(line);
      const place = relative(process.cwd(), target.path) || '.';
      out(`\n${bold(`${count(files.length, 'file')} would be written to ${place}`)}\n`);
      for (const line of plannedFiles(files, width, palette)) out(line);
      for (const line of keptLines(changes)) out(`  ${dim(line)}`);
      out(`\n${dim('Nothing was written.')}`);
    } else if (left.length > 0) {
      const [first = '', ...more] = left.map(({ name }) => LEFT[name]);
      out(
        more.length === 0
          ? `\n${yellow('!')} The project is there; one step is left to you: ${first}.`
          : `\n${yellow('!')} The project is there; two steps are left to you: ${first} and ${more[0]}.`,
      );
    } else {
      out(dim(`All done in ${duration(elapsedMs)}.`));
    }
    const warning = originWarning(answers);
    if (warning !== undefined && !dryRun) out(`${yellow('!')} ${warning}.`);
    out(`\n${dim('The same project again:')}`);
    out(`  ${dim(pinned(...again))}`);
    if (dryRun) return;
    // What to do now comes last: it must not scroll away.
    out(`\n${bold('Next')}`);
    for (const command of next) out(`  ${command}`);
    out(`In another terminal, once it listens on ${cyan(ADDRESS)}:`);
    out(`  ${testCommand(answers.packageManager)}`);
    out(`  ${FIRST_REQUEST}`);
    out(dim('README.md has more to try: signing in and out, other logins, another password.'));
  }

  return {
    written,
    showsProgress: animate !== undefined,
    stepBegins,
    stepEnds,
    created,
    text: (_, text) => out(text),
    diagnosed: (forPeople) => out(forPeople()),
    failed(error) {
      err(`${errorPalette().red('✖')} ${error.message}.`);
      if (error.mend !== undefined) err(`  ${error.mend}`);
    },
  };
}

const DOING = {
  install: (command: string) => `Installing with ${command.split(' ')[0]}`,
  git: () => 'Making the first commit',
};
const DONE = { install: 'Installed the dependencies', git: 'Made the first commit' };
const LEFT = { install: 'installing the dependencies', git: 'the first commit' };
const SKIPPED = { install: 'Nothing installed', git: 'No commit made' };
const FAILED = { install: 'The dependencies are not installed', git: 'There is no first commit' };

/** What gave way to files that were there. */
function keptLines(changes: readonly (Creation | Stay)[]): readonly string[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'create') return [`Your ${change.path} stays as it is.`];
    if (change.insteadOf === undefined) return [];
    return [`Your ${change.insteadOf} stays; ours is ${change.path}.`];
  });
}
