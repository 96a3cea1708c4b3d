import type { Interview } from '../commands/create.ts';
import type { Plan, RegenerateHost } from '../commands/regenerate.ts';
import { ConflictError, type ExitCode, ExplainedError, InternalError } from '../errors.ts';
import { options } from '../options/schema.ts';
import { version } from '../package-root.ts';
import type { Ask } from './ask.ts';
import { makePalette, wantsColour } from './colour.ts';
import { type CommandLine, readCommandLine, wantsJson } from './command-line.ts';
import { isLeftTo } from './flags.ts';
import type { Page } from './page.ts';
import type { Reporter } from './report.ts';
import { reportToPrograms } from './report-json.ts';
import { reportToPeople } from './report-people.ts';

// The other two streams are opened where they are used: each takes a while.
const { argv, env, stdout } = process;
const palette = makePalette(wantsColour(env, stdout));

/**
 * Runs the program.
 *
 * @param args the command line, without the program itself.
 * @returns what to leave with; it does not throw.
 */
async function main(args: readonly string[]): Promise<ExitCode> {
  const reporter = wantsJson(args)
    ? reportToPrograms(print, complain)
    : reportToPeople({
        out: print,
        columns: () => stdout.columns,
        // A pipe or a log gets what the package manager says, as it says it.
        animate: stdout.isTTY ? (text) => stdout.write(text) : undefined,
        err: complain,
        palette,
        errorPalette: () => makePalette(wantsColour(env, process.stderr)),
      });
  try {
    return await run(readCommandLine(args), reporter);
  } catch (error) {
    const explained = explain(error);
    reporter.failed(await withWaysOn(explained, args));
    return explained.exitCode;
  }
}

async function run(line: CommandLine, reporter: Reporter): Promise<ExitCode> {
  // Each is loaded only where it is wanted: most of the start-up time is loading.
  if (line.version) reporter.text('version', version);
  else if (line.help) {
    const { helpText } = await import('./help.ts');
    reporter.text('help', helpText(line.command, palette));
  } else if (line.command.name === 'options') await runOptions(line, reporter);
  else if (line.command.name === 'doctor') return runDoctor(line, reporter);
  else if (line.command.name === 'regenerate' || line.command.name === 'diff') {
    await runRegenerate(line, reporter);
  } else if (line.command.name === 'add' || line.command.name === 'remove') {
    await runInHost(line, reporter);
  } else await runCreate(line, reporter);
  return 0;
}

/** A conflict is told with the commands that go on from there. */
async function withWaysOn(error: ExplainedError, args: readonly string[]): Promise<ExplainedError> {
  if (!(error instanceof ConflictError)) return error;
  const { withCommands } = await import('./after-conflict.ts');
  return withCommands(error, args, readCommandLine(args));
}

async function runDoctor(line: CommandLine, reporter: Reporter): Promise<ExitCode> {
  const [{ doctor }, { diagnosisDocument, diagnosisText, showAttacks }] = await Promise.all([
    import('../commands/doctor.ts'),
    import('./report-doctor.ts'),
  ]);
  const progress =
    stdout.isTTY && !line.json
      ? showAttacks(
          (text) => stdout.write(text),
          () => stdout.columns,
        )
      : undefined;
  const diagnosis = await doctor(line, progress?.begins).finally(() => progress?.end());
  reporter.diagnosed(
    () => diagnosisText(diagnosis, palette, stdout.columns),
    () => diagnosisDocument(diagnosis),
  );
  return diagnosis.findings.length === 0 ? 0 : 4;
}

async function runOptions({ json }: CommandLine, reporter: Reporter): Promise<void> {
  if (json) {
    const { answersSchema } = await import('../options/json-schema.ts');
    return reporter.text('options', JSON.stringify(answersSchema(), null, 2));
  }
  const { optionsText } = await import('./help.ts');
  reporter.text('options', optionsText(palette));
}

async function runCreate(line: CommandLine, reporter: Reporter): Promise<void> {
  const [{ create }, { gatherAnswers }] = await Promise.all([
    import('../commands/create.ts'),
    import('./gather.ts'),
  ]);
  const { signal, release } = listenToSignals();
  try {
    const given = gatherAnswers(line);
    const interview = mayAsk(line) ? await prepareInterview(line, signal) : undefined;
    const { directory, cwd, dryRun, yes } = line;
    const result = await create(
      { directory, given, cwd, dryRun, yes },
      { ...reporter, env, signal, interview, output: line.json ? 2 : 1 },
    );
    reporter.created(result);
  } finally {
    release();
  }
}

async function runRegenerate(line: CommandLine, reporter: Reporter): Promise<void> {
  const [{ diff, regenerate, undoLast }, { gatherRegeneration }, { makeReport }] =
    await Promise.all([
      import('../commands/regenerate.ts'),
      import('./gather-regeneration.ts'),
      import('./report-regeneration.ts'),
    ]);
  const { signal, release } = listenToSignals();
  const report = makeReport({
    ...line,
    out: print,
    err: complain,
    palette,
    terminal: stdout.isTTY === true,
  });
  const agree = mayAsk(line) ? await prepareAgreement(signal, report.showDiff) : undefined;
  const host = { ...reporter, ...report, env, signal, agree, output: line.json ? 2 : 1 } as const;
  try {
    const request = gatherRegeneration(line);
    if (line.command.name === 'diff') report.done(await diff(request));
    else report.done(await (line.undo ? undoLast(request, host) : regenerate(request, host)));
  } finally {
    release();
  }
}

async function runInHost(line: CommandLine, reporter: Reporter): Promise<void> {
  const [{ add }, { remove }, { gatherAnswers }, { makeReport }, { hostReport }] =
    await Promise.all([
      import('../commands/add.ts'),
      import('../commands/remove.ts'),
      import('./gather.ts'),
      import('./report-regeneration.ts'),
      import('./report-host.ts'),
    ]);
  const { signal, release } = listenToSignals();
  const { isTTY: terminal, columns } = stdout;
  const outlets = { ...line, out: print, err: complain, palette, terminal, columns };
  const report = makeReport(outlets);
  const runner = {
    ...reporter,
    ...report,
    env,
    signal,
    agree: mayAsk(line) ? await prepareAgreement(signal, report.showDiff) : undefined,
    output: line.json ? 2 : 1,
  } as const;
  try {
    const given = gatherAnswers(line);
    const request = { ...line, given, install: given.get('install')?.value !== false };
    if (line.command.name === 'remove') {
      hostReport(await remove(request, runner), outlets);
      return;
    }
    const interview = mayAsk(line) ? await prepareAddInterview(signal) : undefined;
    const { additionSummary, foundText } = await import('./report-add.ts');
    const result = await add(request, {
      ...runner,
      interview,
      ...(!line.json && {
        found: (name, shape, appAt) => print(foundText(name, shape, appAt)),
        adding: (addition) => print(additionSummary(addition, palette, stdout.columns)),
      }),
    });
    report.verified(result.verdict);
    hostReport(result, outlets);
  } finally {
    release();
  }
}

/** Whether somebody is there to answer, and wants to be asked. */
function mayAsk({ yes, json }: CommandLine): boolean {
  return !yes && !json && stdout.isTTY && process.stdin.isTTY;
}

async function prepareAgreement(
  signal: AbortSignal,
  showDiff: (plan: Plan) => void,
): Promise<NonNullable<RegenerateHost['agree']>> {
  const [open, { askAgreement }] = await Promise.all([
    prepareAsking(signal),
    import('./agreement.ts'),
  ]);
  return (plan, hasAnswers) => askAgreement(open().ask, plan, showDiff, hasAnswers);
}

async function prepareAddInterview(signal: AbortSignal): Promise<Interview> {
  const [open, { makeAddInterview }] = await Promise.all([
    prepareAsking(signal),
    import('./add-interview.ts'),
  ]);
  return makeAddInterview(open, palette);
}

async function prepareInterview({ dryRun }: CommandLine, signal: AbortSignal): Promise<Interview> {
  const [open, { makeInterview }] = await Promise.all([
    prepareAsking(signal),
    import('./interview.ts'),
  ]);
  return makeInterview({
    ...open(),
    palette,
    creating: dryRun ? 'Show what would be written' : 'Create it',
    shown: options.filter(({ name }) => isLeftTo('create', name)),
  });
}

/** Loads what asks. It is opened anew wherever something else was printed: a page can only take back its own lines. */
async function prepareAsking(signal: AbortSignal): Promise<() => { ask: Ask; page: Page }> {
  const [{ makeAsk }, { Page }] = await Promise.all([import('./ask.ts'), import('./page.ts')]);
  return () => {
    const page = new Page(stdout);
    const ask = makeAsk({ stdin: process.stdin, stdout, page, signal, palette });
    return { ask, page };
  };
}

/** Turns the signals that ask us to stop into one `AbortSignal`, so that what is being written can be undone first. */
function listenToSignals(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

function explain(error: unknown): ExplainedError {
  if (error instanceof ExplainedError) return error;
  return new InternalError({
    code: 'internal',
    message: `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}`,
    mend: 'Please report it, with the command that you typed.',
    cause: error,
  });
}

function print(text: string): void {
  stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

// A reader that has seen enough, such as head, is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Should the event loop run dry before the end is reached, that is a failure, and not a success without a word.
process.exitCode = 1;
process.exitCode = await main(argv.slice(2));
