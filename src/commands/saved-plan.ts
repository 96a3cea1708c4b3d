import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Change } from '../disk/changes.ts';
import { explainDiskError } from '../disk/disk-error.ts';
import { ConflictError, InputError } from '../errors.ts';
import { MODULES, type Module } from '../features/modules.ts';
import { ON_CONFLICT, type OnConflict } from '../merge/on-conflict.ts';
import type { OptionName } from '../options/option.ts';
import { printable } from '../options/printable.ts';
import { pinned } from '../options/reproduce.ts';
import type { GivenAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { version } from '../package-root.ts';
import { sha256 } from '../sha256.ts';
import type { Regeneration } from './regeneration.ts';

/**
 * A plan as a file: what was asked for, and what came of it, file by file. It holds no content, and so no secret: doing
 * it makes the plan anew, and does it only if every file is to become what it says from what it says.
 */
export interface SavedPlan {
  readonly format: 1;
  readonly version: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly modules: readonly Module[];
  readonly onConflict: OnConflict;
  readonly changes: readonly PlannedChange[];
}

interface PlannedChange {
  readonly change: Change['kind'];
  readonly path: string;
  /** SHA-256 of what is there. */
  readonly before?: string;
  /** SHA-256 of what is to be; absent for a file with secrets, which are drawn anew. */
  readonly after?: string;
}

interface Asked {
  readonly given: GivenAnswers;
  readonly modules: readonly Module[];
  readonly onConflict: OnConflict;
}

/** @throws {ExplainedError} when the disk refuses. */
export function savePlan(path: string, plan: Regeneration, asked: Asked): void {
  const { modules, onConflict } = asked;
  const given = Object.fromEntries([...asked.given].map(([name, { value }]) => [name, value]));
  const changes = plan.changes.map(plannedChange);
  const saved: SavedPlan = { format: 1, version, given, modules, onConflict, changes };
  try {
    writeFileSync(path, `${JSON.stringify(saved, null, 2)}\n`);
  } catch (error) {
    throw explainDiskError(error, path);
  }
}

/** @throws {InputError} for a file that is no plan of this version. */
export function readPlan(path: string): SavedPlan {
  try {
    const plan: SavedPlan = JSON.parse(readFileSync(path, 'utf8'));
    if (plan.version !== version) {
      throw refused(path, `is of version ${printable(String(plan.version))}`);
    }
    const isSound =
      plan.format === 1 &&
      ON_CONFLICT.includes(plan.onConflict) &&
      plan.modules.every((module) => MODULES.includes(module)) &&
      Object.keys(plan.given).every((name) => options.some((option) => option.name === name)) &&
      Array.isArray(plan.changes);
    if (isSound) return plan;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refused(path, 'cannot be read as a plan', error);
  }
  throw refused(path, 'is no plan');
}

/** What a saved plan was made from. */
export function askedFor({ given, modules, onConflict }: SavedPlan, path: string): Asked {
  const answers = Object.entries(given).map(([name, value]) => {
    return [name as OptionName, { value, where: `${name} in ${basename(path)}` }] as const;
  });
  return { given: new Map(answers), modules, onConflict };
}

/** @throws {ConflictError} unless the plan as it is now is the one that was saved. */
export function checkSavedPlan(saved: SavedPlan, plan: Regeneration): void {
  const before = new Map(saved.changes.map((change) => [change.path, JSON.stringify(change)]));
  const now = new Map(
    plan.changes.map((change) => [change.path, JSON.stringify(plannedChange(change))]),
  );
  const moved = [...new Set([...before.keys(), ...now.keys()])].filter(
    (path) => before.get(path) !== now.get(path),
  );
  if (moved.length === 0) return;
  throw new ConflictError({
    code: 'plan-outdated',
    message: `The plan no longer holds: ${moved.slice(0, 3).map(printable).join(', ')}${moved.length > 3 ? ` and ${moved.length - 3} more` : ''} changed since it was made; nothing was written`,
    where: moved.join(' '),
    mend: 'Make the plan anew with --plan, look at it, and apply that one.',
  });
}

function plannedChange(change: Change): PlannedChange {
  const before = 'before' in change && change.before !== undefined ? change.before : undefined;
  const after =
    'file' in change && change.file.secret !== true ? sha256(change.file.content) : undefined;
  return {
    change: change.kind,
    path: change.path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

function refused(path: string, problem: string, cause?: unknown): InputError {
  return new InputError({
    code: 'bad-plan',
    message: `${printable(basename(path))} ${problem}`,
    where: '--apply',
    mend: `Make one by this version of the program: ${pinned('regenerate', '--plan', 'FILE')}`,
    cause,
  });
}
