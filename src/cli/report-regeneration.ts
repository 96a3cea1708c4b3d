import type { Plan, Regenerated, RegenerateHost } from '../commands/regenerate.ts';
import { type CheckResult, type Verdict, type When, worse } from '../commands/verify.ts';
import { type Change, isChange } from '../disk/changes.ts';
import type { Reason } from '../merge/reasons.ts';
import { shownPath, visible } from '../options/printable.ts';
import { pinned } from '../options/reproduce.ts';
import { version } from '../package-root.ts';
import { isRecord } from '../record-paths.ts';
import { changeDocument } from './change-document.ts';
import type { Palette } from './colour.ts';
import { columns, count, duration } from './layout.ts';
import { planCounts, planRows } from './plan-counts.ts';
import { markersIn, markersText } from './report-markers.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

interface Outlets {
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly palette: Palette;
  /** Whether a person looks at it at once: a diff that goes to a file stays as it is. */
  readonly terminal: boolean;
}

interface Report
  extends Pick<RegenerateHost, 'planned' | 'renewed' | 'warn' | 'checkBegins' | 'checkEnds'> {
  /** Shows a plan in full. */
  readonly showDiff: (plan: Plan) => void;
  /** Says what came of the checks before and after. */
  readonly verified: (verdict: Verdict | undefined) => void;
  readonly done: (result: Regenerated) => void;
}

/** Tells what becomes of a project that exists, to people or to programs. */
export function makeReport(outlets: Outlets): Report {
  return outlets.json ? forPrograms(outlets) : forPeople(outlets);
}

function forPrograms({ out, err }: Outlets): Report {
  return {
    planned: () => {},
    renewed: (changes) => err(`Changed ${count(changes.filter(isChange).length, 'file')}.`),
    warn: err,
    checkBegins: (command, when) => err(`Running ${command} (${when})`),
    checkEnds: ({ command, passed }) => err(`${command}: ${passed ? 'passes' : 'fails'}`),
    showDiff: () => {},
    verified: () => {},
    done: (result) => out(JSON.stringify({ ...documentOf(result), version }, null, 2)),
  };
}

function documentOf({
  command,
  dryRun,
  plan,
  savedTo,
  steps,
  verdict,
  elapsedMs,
}: Regenerated): object {
  return {
    ok: true,
    command,
    dryRun,
    directory: plan.root,
    answers: plan.answers,
    changes: plan.changes.map((change) => ({
      ...changeDocument(change),
      reasons: plan.reasons.get(change.path),
      ...(command === 'diff' && { diff: unifiedDiff(plan.root, change) }),
    })),
    byHand: plan.byHand,
    conflictMarkers: markersIn(plan.root, plan.changes),
    steps,
    savedTo,
    verify: verdict && { ...verdict, worse: worse(verdict).map(({ name }) => name) },
    elapsedMs,
  };
}

function forPeople({ out, err, palette, terminal }: Outlets): Report {
  const { bold, dim, green, yellow, red } = palette;

  function planned({ changes, reasons, byHand }: Plan): void {
    const why = commonReason(reasons);
    const isDecided = ({ kind }: Change) => kind !== 'create' && kind !== 'update';
    const rows = planRows(changes, (change) =>
      remarks(change, why === undefined || isDecided(change) ? reasons : new Map()),
    );
    const said = planCounts(changes);
    if (said !== '') out(`${bold(said)}${why === undefined ? '' : dim(` (${visible(why)})`)}`);
    const cells = rows.map(({ kind, where, files, remark }) => {
      const number = files === 1 ? '' : count(files, 'file');
      const remarked = [number, remark].filter((part) => part !== '').join('; ');
      return [`${kind.padEnd(8)} ${shownPath(where)}`, remarked] as const;
    });
    for (const row of columns(cells, dim)) out(`  ${row.trimEnd()}`);
    for (const line of byHand) out(`${yellow('!')} ${line}`);
  }

  function done(result: Regenerated): void {
    const { command, plan } = result;
    if (command === 'diff') {
      showDiff(plan);
      return;
    }
    tellOutcome(result);
    for (const line of markersText(markersIn(plan.root, plan.changes), palette)) out(line);
  }

  function tellOutcome(result: Regenerated): void {
    const { command, dryRun, plan, savedTo, steps, verdict, elapsedMs } = result;
    const changed = plan.changes.filter(isChange);
    if (savedTo !== undefined) {
      out(`${green('✔')} Saved the plan: ${count(changed.length, 'file')} would change.`);
      out(`  ${pinned('regenerate', '--apply', savedTo)}`);
    } else if (changed.length === 0) {
      out(`${green('✔')} Nothing to change ${dim(`in ${duration(elapsedMs)}`)}`);
    } else if (dryRun) {
      out(`\n${dim('Nothing was written.')}`);
    } else {
      if (verdict) showVerdict(verdict);
      for (const line of stepsLeft(steps, palette)) out(line);
      const way = command === 'undo' ? 'The same once more:' : 'The way back:';
      out(`\n${dim(way)} ${pinned('regenerate', '--undo')}`);
    }
  }

  function showDiff(plan: Plan): void {
    const changes = plan.changes.filter(({ path }) => !isRecord(path));
    const texts = changes.flatMap((change) => unifiedDiff(plan.root, change) ?? []);
    if (texts.length === 0) out('Nothing to change');
    for (const text of texts)
      out(colourDiff(terminal ? visible(text.trimEnd()) : text.trimEnd(), palette));
    for (const change of changes) {
      if (change.kind === 'conflict') {
        err(`${yellow('!')} ${shownPath(change.path)}: ${visible(change.problems.join('; '))}`);
      }
    }
    for (const line of plan.byHand) err(`${yellow('!')} ${line}`);
  }

  function checkEnds({ command, passed, output = '' }: CheckResult, _: When, took: number): void {
    const mark = passed ? green('✔') : red('✖');
    out(`${mark} ${command} ${passed ? 'passes' : 'fails'} ${dim(`in ${duration(took)}`)}`);
    if (!passed) for (const line of output.split('\n')) out(`  ${dim(visible(line))}`);
  }

  function showVerdict({ before, after }: Verdict): void {
    if (after.length === 0) out(`${yellow('!')} There is no type check and no test here to run.`);
    for (const { name, command, passed } of after) {
      if (!passed && before.some((one) => one.name === name)) {
        out(`${yellow('!')} ${command} fails as before.`);
      }
    }
    if (after.length > 0) out(`${green('✔')} ${bold('Nothing got worse.')}`);
  }

  return {
    planned,
    renewed(changes, elapsedMs) {
      const files = changes.filter(isChange);
      out(
        `${green('✔')} Changed ${count(files.length, 'file')} ${dim(`in ${duration(elapsedMs)}`)}`,
      );
    },
    warn: (warning) => err(`${yellow('!')} ${warning}`),
    checkBegins: (command, when) =>
      out(dim(`$ ${command}   ${when === 'before' ? 'without the change' : 'with the change'}`)),
    checkEnds,
    showDiff,
    verified: (verdict) => verdict && showVerdict(verdict),
    done,
  };
}

/** What is left to type after a run. */
export function stepsLeft(
  steps: Regenerated['steps'],
  { bold }: Pick<Palette, 'bold'>,
): readonly string[] {
  const left = steps.filter(({ status }) => status !== 'done');
  return left.length === 0
    ? []
    : [`\n${bold('Next')}`, ...left.map(({ command }) => `  ${command}`)];
}

/** Why everything changes, where that is one reason. */
function commonReason(reasons: Plan['reasons']): string | undefined {
  const texts = new Set([...reasons.values()].map((some) => some.map(reasonText).join('; ')));
  texts.delete('');
  const [first] = texts;
  return texts.size === 1 ? first : undefined;
}

function remarks(change: Change, reasons: Plan['reasons']): string {
  const parts = (reasons.get(change.path) ?? []).map(reasonText);
  if (change.kind === 'conflict') parts.push(...change.problems);
  if ('why' in change && change.why !== undefined) parts.push(change.why);
  if (change.kind === 'merge' && change.conflicts && change.conflicts.length > 0) {
    parts.push(`decided: ${change.conflicts.join(', ')}`);
  }
  return visible(parts.join('; '));
}

function reasonText({ kind, why }: Reason): string {
  const label = kind === 'answers' ? 'other answers' : kind;
  return why === undefined ? label : `${label}: ${why}`;
}
