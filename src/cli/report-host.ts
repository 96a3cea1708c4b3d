import type { HandOver, HostChanged } from '../commands/host-changes.ts';
import { isChange } from '../commands/regeneration.ts';
import { worse } from '../commands/verify.ts';
import type { Change } from '../disk/changes.ts';
import { version } from '../package-root.ts';
import type { Palette } from './colour.ts';
import { duration } from './layout.ts';

interface Outlets {
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly palette: Palette;
}

/** Tells what `add` or `remove` did, to people or to programs. */
export function hostReport(result: HostChanged, { json, out, palette }: Outlets): void {
  if (json) out(JSON.stringify({ ...documentOf(result), version }, null, 2));
  else tellPeople(result, out, palette);
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
    steps: result.steps,
    verify: result.verdict && {
      ...result.verdict,
      worse: worse(result.verdict).map(({ name }) => name),
    },
    elapsedMs: result.elapsedMs,
  };
}

/** A change without its content: that of some files is secret, and of the others a matter of the disk. */
function changeDocument(change: Change): object {
  const { kind, path } = change;
  return {
    change: kind,
    path,
    feature: 'file' in change ? change.file.feature : change.feature,
    ...('problems' in change && { problems: change.problems }),
    ...('why' in change && { why: change.why }),
  };
}

function tellPeople(result: HostChanged, out: (text: string) => void, palette: Palette): void {
  const { bold, dim, green, yellow, red } = palette;
  const { command, dryRun, changes, findings, handOver, verdict, modules, elapsedMs } = result;
  for (const { kind, message, where } of findings) {
    const mark = kind === 'risk' ? red('!') : yellow('!');
    out(`${mark} ${where}: ${message}`);
  }
  if (verdict !== undefined) {
    const names = worse(verdict).map(({ name }) => name);
    const said =
      names.length === 0 ? 'Nothing got worse.' : `Worse than before: ${names.join(', ')}`;
    out(`${names.length === 0 ? green('✔') : red('✖')} ${said}`);
  }
  if (handOver !== undefined) tellHandOver(handOver, out, palette);
  if (!changes.some(isChange)) out(`${green('✔')} Nothing to change`);
  else if (dryRun) out(`\n${dim('Nothing was written.')}`);
  else if (command === 'remove') out(`${green('✔')} Removed ${modules.join(', ')}`);
  else {
    out(`\n${bold('Next')}`);
    for (const step of result.steps) if (step.status !== 'done') out(`  ${step.command}`);
    out(`  ${result.shape.folder}/ is yours: read it, and change what you like.`);
    out(`  ${dim('The way back:')} create-secure-express remove`);
  }
  out(dim(`All done in ${duration(elapsedMs)}.`));
}

function tellHandOver(
  { why, where, lines }: HandOver,
  out: (text: string) => void,
  { bold, yellow }: Palette,
): void {
  out(`\n${bold('One step is left to you')}: ${why}.`);
  out(`In ${where}, put:\n`);
  out(`  ${yellow(lines.imports)}\n`);
  for (const line of lines.mounts) out(`  ${yellow(line)}`);
  out('');
}
