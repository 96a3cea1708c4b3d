import type { Plan, Regenerated, RegenerateHost } from '../commands/regenerate.ts';
import { isChange } from '../commands/regeneration.ts';
import { type CheckResult, worse } from '../commands/verify.ts';
import type { Change } from '../disk/changes.ts';
import type { Reason } from '../merge/reasons.ts';
import { printable } from '../options/printable.ts';
import { version } from '../package-root.ts';
import type { Palette } from './colour.ts';
import { columns, count, duration } from './layout.ts';
import { colourDiff, unifiedDiff, visible } from './unified-diff.ts';

interface Outlets {
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly palette: Palette;
  /** Whether a person looks at it at once: a diff that goes to a file stays as it is. */
  readonly terminal: boolean;
}

interface Report extends Pick<RegenerateHost, 'planned' | 'renewed' | 'warn'> {
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
    changes: plan.changes.map((change) => changeDocument(change, plan, command === 'diff')),
    byHand: plan.byHand,
    steps,
    savedTo,
    verify: verdict && { ...verdict, worse: worse(verdict).map(({ name }) => name) },
    elapsedMs,
  };
}

function changeDocument(change: Change, { root, reasons }: Plan, withDiff: boolean): object {
  const { kind, path } = change;
  return {
    change: kind,
    path,
    feature: 'file' in change ? change.file.feature : change.feature,
    reasons: reasons.get(path),
    ...('conflicts' in change && { conflicts: change.conflicts }),
    ...('problems' in change && { problems: change.problems }),
    ...('why' in change && { why: change.why }),
    ...(withDiff && { diff: unifiedDiff(root, change) }),
  };
}

function forPeople({ out, err, palette, terminal }: Outlets): Report {
  const { bold, dim, green, yellow, red } = palette;

  function planned({ changes, reasons, byHand }: Plan): void {
    const rows = changes
      .filter((change) => isChange(change) || ('why' in change && change.why !== undefined))
      .filter(({ path }) => !path.startsWith('.secure-express/'))
      .map(
        (change) =>
          [`${change.kind.padEnd(8)} ${shown(change.path)}`, remarks(change, reasons)] as const,
      );
    for (const row of columns(rows, dim)) out(`  ${row.trimEnd()}`);
    for (const line of byHand) out(`${yellow('!')} ${line}`);
  }

  function done({ command, dryRun, plan, savedTo, verdict, elapsedMs }: Regenerated): void {
    const changed = plan.changes.filter(isChange);
    if (command === 'diff') {
      showDiff(plan);
      return;
    }
    if (savedTo !== undefined) {
      out(`${green('✔')} Saved the plan: ${count(changed.length, 'file')} would change.`);
      out(`  create-secure-express regenerate --apply ${savedTo}`);
    } else if (changed.length === 0) {
      out(`${green('✔')} Nothing to change ${dim(`in ${duration(elapsedMs)}`)}`);
    } else if (dryRun) {
      out(`\n${dim('Nothing was written.')}`);
    } else {
      if (verdict) showVerdict(verdict.after, worse(verdict));
      out(`\n${dim('The way back:')} create-secure-express regenerate --undo`);
    }
  }

  function showDiff(plan: Plan): void {
    const changes = plan.changes.filter(({ path }) => !path.startsWith('.secure-express/'));
    const texts = changes.flatMap((change) => unifiedDiff(plan.root, change) ?? []);
    if (texts.length === 0) out('Nothing to change');
    for (const text of texts)
      out(colourDiff(terminal ? visible(text.trimEnd()) : text.trimEnd(), palette));
    for (const change of changes) {
      if (change.kind === 'conflict') {
        err(`${yellow('!')} ${shown(change.path)}: ${visible(change.problems.join('; '))}`);
      }
    }
    for (const line of plan.byHand) err(`${yellow('!')} ${line}`);
  }

  function showVerdict(after: readonly CheckResult[], fails: readonly CheckResult[]): void {
    for (const { command, passed } of after) {
      const isNew = fails.some((one) => one.command === command);
      const said = passed ? 'passes' : isNew ? 'fails now, and did not before' : 'fails as before';
      out(`${passed ? green('✔') : red('✖')} ${command} ${said}`);
    }
    for (const { output } of fails) out(dim(output ?? ''));
    out(bold(fails.length === 0 ? 'Nothing got worse.' : 'Something got worse.'));
  }

  return {
    planned,
    renewed(changes, elapsedMs) {
      const files = changes.filter(isChange);
      out(
        `${green('✔')} Changed ${count(files.length, 'file')} ${dim(`in ${duration(elapsedMs)}`)}`,
      );
    },
    warn: (warning) => err(`${yellow('!')} ${warning}.`),
    done,
  };
}

/** A path as it is, where nothing in it could drive a terminal. */
function shown(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : printable(path);
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
