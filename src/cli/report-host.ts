import type { HandOver, HostChanged } from '../commands/host-changes.ts';
import { worse } from '../commands/verify.ts';
import { isChange } from '../disk/changes.ts';
import { shownPath } from '../options/printable.ts';
import { pinned } from '../options/reproduce.ts';
import { version } from '../package-root.ts';
import { changeDocument } from './change-document.ts';
import type { Palette } from './colour.ts';
import { duration, textWidth, wrap } from './layout.ts';
import { additionText } from './report-add.ts';
import { markersIn, markersText } from './report-markers.ts';
import { stepsLeft } from './report-regeneration.ts';

interface Outlets {
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly palette: Palette;
  /** Of the terminal. */
  readonly columns: number | undefined;
}

/** Tells what `add` or `remove` did, to people or to programs. */
export function hostReport(result: HostChanged, outlets: Outlets): void {
  const { json, out } = outlets;
  if (json) out(JSON.stringify({ ...documentOf(result), version }, null, 2));
  else tellPeople(result, outlets);
}

function documentOf(result: HostChanged): object {
  const { command, dryRun, root, shape, answers, modules, findings, handOver } = result;
  return {
    ok: true,
    command,
    dryRun,
    directory: root,
    shape,
    answers,
    modules,
    changes: result.changes.map(changeDocument),
    findings,
    stepLeft: handOver,
    stillImported: result.stillImported,
    ...(result.addition && {
      leftOut: result.addition.leftOut,
      mounted: result.addition.mounted,
      packages: result.addition.packages.added,
      raisedPackages: result.addition.packages.raised,
      routes: result.addition.routes,
    }),
    conflictMarkers: markersIn(root, result.changes),
    steps: result.steps,
    verify: result.verdict && {
      ...result.verdict,
      worse: worse(result.verdict).map(({ name }) => name),
    },
    elapsedMs: result.elapsedMs,
  };
}

function tellPeople(result: HostChanged, { out, palette, columns }: Outlets): void {
  const { bold, dim, green, yellow, red } = palette;
  const { command, dryRun, changes, findings, handOver, addition, modules, elapsedMs } = result;
  for (const { kind, message, where } of findings) {
    const mark = kind === 'risk' ? red('!') : yellow('!');
    const text = `${where}: ${message}`;
    // A pipe or a log has no width.
    const lines = columns === undefined ? [text] : wrap(text, textWidth(columns), '  ');
    out(`${mark} ${lines.join('\n').trimStart()}`);
  }
  const leftOut = addition?.leftOut ?? [];
  if (leftOut.length > 0) {
    out(`${yellow('!')} Not added, because you have your own: ${leftOut.join(', ')}`);
  }
  const changed = changes.some(isChange);
  if (!changed) out(`${green('✔')} Nothing to change`);
  else if (dryRun) out(`\n${dim('Nothing was written.')}`);
  else if (command === 'remove') {
    out(`${green('✔')} Removed ${modules.join(', ')}`);
    const places = result.stillImported ?? [];
    if (places.length > 0) {
      out(`${yellow('!')} One step is left to you: take out what still imports it, in`);
      for (const { where } of places) out(`  ${shownPath(where)}`);
    }
    for (const line of stepsLeft(result.steps, palette)) out(line);
  } else {
    const left = result.steps.filter(({ status }) => status !== 'done');
    const first = left.map((step) => step.command);
    for (const line of addition ? additionText(addition, first, palette, columns) : []) out(line);
    out(`\n${dim('The way back:')} ${pinned('remove')}`);
  }
  for (const line of markersText(markersIn(result.root, changes), palette)) out(line);
  const isLeft =
    result.stillImported?.length || result.steps.some(({ status }) => status !== 'done');
  if (handOver !== undefined) {
    tellHandOver(handOver, dryRun, out, palette);
    if (!dryRun) out(bold('Not mounted yet: until those lines are in, nothing of it is reached.'));
  } else if (changed && !dryRun && !isLeft) {
    out(dim(`All done in ${duration(elapsedMs)}.`));
  }
}

function tellHandOver(
  { why, where, lines }: HandOver,
  dryRun: boolean,
  out: (text: string) => void,
  { yellow }: Palette,
): void {
  out(`\n${yellow('!')} ${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
  out(`  ${dryRun ? 'It would be left to you to put' : 'Put'} these lines in ${where}:\n`);
  out(`  ${yellow(lines.imports)}\n`);
  for (const line of lines.mounts) out(`  ${yellow(line)}`);
  out('');
}
