import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.ts';
import { missingNames } from '../merge/env.ts';
import { isMigration } from '../merge/migrations.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { planMerge } from '../merge/plan.ts';
import type { ProjectRecord } from '../merge/record.ts';
import { recordedAnswers } from '../merge/renewed-answers.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import type { Tree } from '../render/tree.ts';
import type { Regeneration } from './regeneration.ts';

/** What is recorded, and what is asked for now. */
interface Repetition {
  readonly root: string;
  readonly record: ProjectRecord;
  readonly answers: ProjectAnswers;
  readonly onConflict: OnConflict;
}

/**
 * Plans a regeneration by the very build that made everything as it is recorded, with the same answers: it would make
 * the same again. So nothing is rendered, and of a repo that was there before nothing is read but our own files.
 *
 * @returns undefined where anything is otherwise, or a secret is missing that has to be drawn.
 */
export function planRepetition(repetition: Repetition): Regeneration | undefined {
  const { root, record, answers, onConflict } = repetition;
  if (build === undefined || record.build !== build) return undefined;
  if (JSON.stringify(answers) !== JSON.stringify(recordedAnswers(record))) return undefined;
  if (!hasAllSettings(root, record)) return undefined;
  const tree: Tree = new Map(
    [...record.base].map(([path, content]) => {
      const feature = record.owners.get(path) ?? 'project';
      return [path, { content, mode: 0o644, feature }];
    }),
  );
  const changes = planMerge({ ...record, root, tree, onConflict }).filter(
    ({ path }) => !isMigration(path),
  );
  return { root, answers, changes, reasons: new Map(), byHand: [] };
}

function hasAllSettings(root: string, { base, host }: ProjectRecord): boolean {
  const wanted = host
    ? host.env.map((name) => `${name}=\n`).join('')
    : (base.get('.env.example') ?? '');
  return missingNames(read(join(root, '.env')), wanted).length === 0;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
