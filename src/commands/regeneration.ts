import { type Change, isChange, isSecret } from '../disk/changes.ts';
import { InputError } from '../errors.ts';
import { isPartOf, type Module } from '../features/modules.ts';
import {
  checkMigrations,
  isMigration,
  planMigration,
  writtenMigrations,
} from '../merge/migrations.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { placeInProject } from '../merge/place-in-project.ts';
import { planMerge } from '../merge/plan.ts';
import { type ChangelogEntry, type Reason, readChangelog, reasonsFor } from '../merge/reasons.ts';
import { checkRecord, type ProjectRecord, readRecord } from '../merge/record.ts';
import { recordedAnswers, renewAnswers } from '../merge/renewed-answers.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { printable } from '../options/printable.ts';
import type { GivenAnswers } from '../options/resolve.ts';
import { BASE, isRecord, MANIFEST } from '../record-paths.ts';
import { renderProject } from '../render/project.ts';
import { recordFiles } from '../render/shared-files.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import { planRepetition } from './repetition.ts';

/** What is to be renewed, and how. */
export interface RegenerationRequest {
  /** Absolute, of a project that this program made. */
  readonly root: string;
  readonly given: GivenAnswers;
  /** Only the files of these; all where none is named. */
  readonly modules: readonly Module[];
  readonly onConflict: OnConflict;
}

/** What regenerating would do. */
export interface Regeneration {
  readonly root: string;
  readonly answers: ProjectAnswers;
  readonly changes: readonly Change[];
  /** Why a file changes, by path. */
  readonly reasons: ReadonlyMap<string, readonly Reason[]>;
  /** What is left for a person to do. */
  readonly byHand: readonly string[];
}

/**
 * Plans how a project is brought up to today's templates and to the answers that are given. Reads the project's own
 * files; writes nothing.
 *
 * @throws {InputError} for a directory without a record, or answers that cannot be used.
 * @throws {ConflictError} where another run is quicker.
 */
export async function planRegeneration(request: RegenerationRequest): Promise<Regeneration> {
  const { root, given, onConflict } = request;
  const record = readRecord(root);
  if (record === undefined) throw notOurs(root);
  const answers = renewAnswers(record, given);
  const repetition = planRepetition({ root, record, answers, onConflict });
  if (repetition !== undefined) return repetition;
  if (record.host !== undefined) {
    const { planHostRegeneration } = await import('./host-regeneration.ts');
    return planHostRegeneration(request, record, record.host);
  }
  const before = recordedAnswers(record);
  const wanted = await renderProject(answers);
  const isSame = JSON.stringify(before) === JSON.stringify(answers);
  const renewed = isSame ? wanted : await renderProject(before);
  const tree = withoutRecord(limitTo(request, { record, wanted, renewed }));

  const moves = before.database !== answers.database;
  if (moves) checkMigrations(root, record.base);
  // Another database begins with the first migration of its own.
  const migration = moves
    ? { changes: [], byHand: COPY_BY_HAND }
    : planMigration({ ...record, root, tree, before, answers });
  const written = moves
    ? new Map<string, string>()
    : writtenMigrations({ base: record.base, tree }, record.written, migration.changes);
  const recorded = new Map(tree);
  // Of some modules only, the project as a whole is still of the version that made it.
  const made = request.modules.length === 0 ? undefined : record;
  for (const [path, file] of recordFiles(answers, recorded, made, undefined, written)) {
    recorded.set(path, file);
  }
  const merged = planMerge({ ...record, root, tree: recorded, onConflict }).filter(
    ({ path }) => moves || !isMigration(path),
  );
  const changes = [...merged, ...migration.changes].sort((a, b) => (a.path < b.path ? -1 : 1));
  checkRecord(root, record);
  return {
    root,
    answers,
    changes,
    reasons: explain(changes, { record, wanted, renewed }),
    byHand: migration.byHand === undefined ? [] : [migration.byHand],
  };
}

const COPY_BY_HAND =
  'The accounts are still in the SQLite file: `npm run db:copy` copies them once PostgreSQL runs and the packages are installed.';

/** The record is made last: it says what the others are. */
function withoutRecord(tree: Tree): Tree {
  return new Map([...tree].filter(([path]) => path !== MANIFEST && path !== BASE));
}

interface States {
  readonly record: ProjectRecord;
  /** With today's templates and the answers that were recorded. */
  readonly renewed: Tree;
  /** With today's templates and answers. */
  readonly wanted: Tree;
}

/** Files that belong to all modules. */
const SHARED = new Set(['package.json', '.env', '.env.example']);

/** Leaves everything as it was recorded that neither belongs to the modules nor follows from the new answers. */
function limitTo({ modules }: RegenerationRequest, { record, wanted, renewed }: States): Tree {
  if (modules.length === 0) return wanted;
  const { base, owners } = record;
  const tree = new Map<string, TreeFile>();
  for (const path of new Set([...wanted.keys(), ...base.keys()])) {
    const file = wanted.get(path);
    const former = base.get(path);
    const feature = file?.feature ?? owners.get(path) ?? 'project';
    const isAnswered = renewed.get(path)?.content !== file?.content;
    if (SHARED.has(path) || isAnswered || isPartOf(feature, modules)) {
      if (file !== undefined) tree.set(path, file);
    } else if (former !== undefined) {
      tree.set(path, { content: former, mode: 0o644, feature });
    }
  }
  return tree;
}

/** Why each file changes, by path; our own record changes with the others. */
export function explain(
  changes: readonly Change[],
  { record, renewed, wanted }: States,
): ReadonlyMap<string, readonly Reason[]> {
  const folder = record.host?.shape.folder;
  let changelog: readonly ChangelogEntry[] | undefined;
  const reasons = new Map<string, readonly Reason[]>();
  for (const change of changes.filter(isChange)) {
    const { path } = change;
    if (isRecord(path)) continue;
    changelog ??= readChangelog();
    if (record.base.has(path) || (wanted.has(path) && !isSecret(change))) {
      const states = {
        base: record.base.get(path),
        renewed: renewed.get(path)?.content,
        theirs: wanted.get(path)?.content,
      };
      const place = placeInProject(path, folder);
      reasons.set(path, reasonsFor(place, states, record.version, changelog));
    } else {
      // Settings that are added, and migrations: they follow from the rest.
      reasons.set(path, [{ kind: wanted === renewed ? 'maintenance' : 'answers' }]);
    }
  }
  return reasons;
}

function notOurs(root: string): InputError {
  return new InputError({
    code: 'no-record',
    message: `${printable(root)} is no project of this program: it has no ${MANIFEST}`,
    where: '--cwd',
    mend: 'Go to the project, or name it with --cwd.',
  });
}
