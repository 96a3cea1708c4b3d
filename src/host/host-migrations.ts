import { migrationSteps } from '../merge/migrations.ts';
import type { ProjectRecord } from '../merge/record.ts';
import { recordedAnswers } from '../merge/renewed-answers.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { hostCode } from '../render/host-code/host-code.ts';
import { migrationsModule } from '../render/host-embedded.ts';
import { hostTables } from '../render/host-names.ts';
import { renderProject } from '../render/project.ts';
import type { Tree } from '../render/tree.ts';
import type { HostShape } from './shape.ts';

/** The module of the migrations as a project of ours has it. */
const OWN = 'database/migrations.ts';

/**
 * Keeps the migrations that a host was given before: databases have run them. Where the tables are to be others, one
 * more is added behind them.
 *
 * @param tree of the module as it is made for a host that has none yet.
 * @returns the same with those migrations.
 */
export async function keepMigrations(
  tree: Tree,
  record: ProjectRecord,
  answers: ProjectAnswers,
  shape: HostShape,
): Promise<Tree> {
  const path = [...tree.keys()].find((one) => /(^|\/)database\/migrations\.[cm]?[jt]s$/.test(one));
  const former = path === undefined ? undefined : record.base.get(path);
  const file = path === undefined ? undefined : tree.get(path);
  if (path === undefined || former === undefined || file === undefined) return tree;
  const before = recordedAnswers(record);
  const [was, will] = [await renderProject(before), await renderProject(answers)];
  const steps = migrationSteps({ before, answers, was, will });
  const content = steps.length === 0 ? former : withOneMore(former, steps, shape);
  return new Map([...tree, [path, { ...file, content }]]);
}

function withOneMore(former: string, steps: readonly string[], shape: HostShape): string {
  const number = former.match(/^\s*tag: /gm)?.length ?? 0;
  const tag = `${String(number).padStart(4, '0')}_secure_express`;
  const sql = steps.join('\n--> statement-breakpoint\n');
  const files = new Map([
    [`migrations/${tag}.sql`, { content: sql, mode: 0o644, feature: 'in-host' }],
  ]);
  const [, added = ''] = hostCode(OWN, hostTables(OWN, migrationsModule(files)), shape) ?? [];
  const [from, into] = [entriesOf(added), entriesOf(former)];
  const entry = from.lines.slice(from.start, from.end);
  return [...into.lines.slice(0, into.end), ...entry, ...into.lines.slice(into.end)].join('\n');
}

/** The lines of a module of migrations, and which of them are inside its list. Each keeps its own line end. */
function entriesOf(text: string): {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
} {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /= \[\r?$/.test(line)) + 1;
  const end = lines.findLastIndex((line) => /^\];?\r?$/.test(line));
  if (start === 0 || end < start) throw new Error('a module of migrations has no list');
  return { lines, start, end };
}
