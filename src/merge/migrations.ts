import type { Change } from '../disk/changes.ts';
import { InputError } from '../errors.ts';
import type { Answers } from '../options/answers.ts';
import { printable } from '../options/printable.ts';
import type { Tree, TreeFile } from '../render/tree.ts';
import { sha256 } from '../sha256.ts';
import { readDiskFile } from './disk-file.ts';
import { isSameText } from './text.ts';

/**
 * Migrations that were written are never rewritten: databases have run them. So those that a tree has are written to
 * new projects only. Where a project exists and the tables are to be others, one more migration is added behind those
 * that are there, whoever wrote them, with the snapshot and the journal entry that drizzle-kit keeps beside it.
 */
const FOLDER = 'migrations/';
const JOURNAL = `${FOLDER}meta/_journal.json`;
const FIRST_SNAPSHOT = `${FOLDER}meta/0000_snapshot.json`;
const FIRST = `${FOLDER}0000_init.sql`;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: unknown;
}

interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly indexes: Readonly<Record<string, object>>;
}

interface Snapshot {
  readonly id: string;
  readonly prevId: string;
  readonly dialect: string;
  readonly tables: Readonly<Record<string, Table>>;
}

interface Journal {
  readonly entries: readonly {
    readonly idx: number;
    readonly version: string;
    readonly when: number;
    readonly tag: string;
    readonly breakpoints: boolean;
  }[];
}

/** Whether a file is one that no later version rewrites. */
export function isMigration(path: string): boolean {
  return path.startsWith(FOLDER);
}

/**
 * Checks that a project can begin anew with the migrations of another database.
 *
 * @throws {InputError} where some were added, which only their author can write for the other one.
 */
export function checkMigrations(root: string, base: ReadonlyMap<string, string>): void {
  const journal = readDiskFile(root, JOURNAL);
  const text = journal === undefined || journal === 'other' ? undefined : journal.text;
  if (text !== undefined && isSameText(text, base.get(JOURNAL) ?? '')) return;
  throw new InputError({
    code: 'own-migrations',
    message: `${FOLDER} has migrations that were added, and they are for the database of now`,
    where: '--database',
    mend: 'Make a new project with the other database, and write those migrations for it.',
  });
}

/**
 * What stands in place of migrations that the answers of now would make otherwise: what was written stays, so that an
 * edit can be told from it.
 *
 * @param before of the last time.
 * @param changes of `planMigration`.
 * @returns SHA-256 by path.
 */
export function writtenMigrations(
  { base, tree }: Pick<MigrationRequest, 'base' | 'tree'>,
  before: ReadonlyMap<string, string> = new Map(),
  changes: readonly Change[] = [],
): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  for (const [path, { content }] of tree) {
    if (!isMigration(path)) continue;
    const former = base.get(path);
    const change = changes.find((one) => one.path === path);
    const now =
      change !== undefined && 'file' in change
        ? sha256(change.file.content)
        : (before.get(path) ?? (former === undefined ? undefined : sha256(former)));
    if (now !== undefined && now !== sha256(content)) written.set(path, now);
  }
  return written;
}

/** What a project had, and is to have. */
export interface MigrationRequest {
  /** Absolute. */
  readonly root: string;
  readonly base: ReadonlyMap<string, string>;
  /** The SHA-256 of what was put in place instead of what the base has, by path. */
  readonly written?: ReadonlyMap<string, string> | undefined;
  readonly tree: Tree;
  readonly before: Answers;
  readonly answers: Answers;
}

/**
 * Plans the migration that brings a project's tables up to date.
 *
 * @returns no change where the tables are the same.
 * @returns `byHand` where it takes drizzle-kit to write it.
 * @throws {InputError} where what drizzle-kit keeps cannot be read.
 */
export function planMigration(request: MigrationRequest): {
  readonly changes: readonly Change[];
  readonly byHand?: string;
} {
  const { root, base, tree } = request;
  const [was, will] = [base.get(FIRST_SNAPSHOT), tree.get(FIRST_SNAPSHOT)?.content];
  if (was === undefined || typeof will !== 'string') return { changes: [] };
  const [from, to]: [Snapshot, Snapshot] = [JSON.parse(was), JSON.parse(will)];
  const steps = [...endLogins(request, to.dialect), ...stepsBetween(from, to, tree)];
  if (steps.length === 0) return { changes: [] };

  const kept = readKept<Journal>(root, JOURNAL, ({ entries }) => Array.isArray(entries));
  if (kept === undefined) return { changes: [], byHand: BY_HAND };
  const journal = kept.value;
  const last = journal.entries.at(-1);
  const number = (index: number) => String(index).padStart(4, '0');
  if (last === undefined) return { changes: [], byHand: BY_HAND };
  const latest = readKept<Snapshot>(
    root,
    `${FOLDER}meta/${number(last.idx)}_snapshot.json`,
    ({ tables }) => tables instanceof Object,
  );
  const snapshot = latest && applyTo(latest.value, from, to);
  if (snapshot === undefined) return { changes: [], byHand: BY_HAND };

  const written = request.written?.get(JOURNAL);
  const isOurs = written ? written === kept.sha256 : isSameText(kept.text, base.get(JOURNAL) ?? '');
  const index = last.idx + 1;
  const tag = `${number(index)}_secure_express`;
  const entry = {
    idx: index,
    version: last.version,
    // Drizzle runs what is later than the last one that a database has run. A clock would make every plan another.
    when: last.when + 1,
    tag,
    breakpoints: true,
  };
  const file = (content: string): TreeFile => ({ content, mode: 0o644, feature: 'database' });
  const json = (value: object) => file(`${JSON.stringify(value, null, 2)}\n`);
  return {
    changes: [
      {
        kind: 'create',
        path: `${FOLDER}${tag}.sql`,
        file: file(`${steps.join('\n--> statement-breakpoint\n')}\n`),
      },
      {
        kind: 'create',
        path: `${FOLDER}meta/${number(index)}_snapshot.json`,
        file: json(snapshot),
      },
      {
        kind: isOurs ? 'update' : 'merge',
        path: JOURNAL,
        file: json({ ...journal, entries: [...journal.entries, entry] }),
        before: kept.sha256,
      },
    ],
  };
}

/** Reads what drizzle-kit keeps beside migrations; undefined where it is not there. */
function readKept<Kept>(root: string, path: string, isSound: (value: Kept) => boolean) {
  const disk = readDiskFile(root, path);
  if (disk === undefined || disk === 'other' || disk.text === undefined) return undefined;
  const { text, sha256 } = disk;
  try {
    const value: Kept = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isSound(value)) return { value, text, sha256 };
  } catch {
    // Told below.
  }
  throw new InputError({
    code: 'bad-migrations',
    message: `${printable(path)} is not what drizzle-kit writes; nothing was written`,
    where: path,
    mend: 'Settle the conflict in it, if it has one, or bring it back from git.',
  });
}

const BY_HAND =
  'The tables are to be others, and the migrations here are not as drizzle-kit leaves them: write one by `npm run db:generate`.';

/**
 * What brings tables that were made for some answers to those of others.
 *
 * @param states `was` and `will` are the whole projects that the answers make.
 * @returns SQL, a statement each; none where the tables are the same.
 */
export function migrationSteps({
  before,
  answers,
  was,
  will,
}: Pick<MigrationRequest, 'before' | 'answers'> & {
  readonly was: Tree;
  readonly will: Tree;
}): readonly string[] {
  const [from, to] = [was, will].map((tree) => tree.get(FIRST_SNAPSHOT)?.content);
  if (typeof from !== 'string' || typeof to !== 'string') return [];
  const [old, next]: [Snapshot, Snapshot] = [JSON.parse(from), JSON.parse(to)];
  return [...endLogins({ before, answers }, next.dialect), ...stepsBetween(old, next, will)];
}

/** The logins that nothing can use any more: whoever has one signs in anew, with the account as it is. */
function endLogins(
  { before, answers }: Pick<MigrationRequest, 'before' | 'answers'>,
  dialect: string,
): readonly string[] {
  const uses = (kind: 'session' | 'jwt', { auth }: Answers) => auth === kind || auth === 'both';
  const name = (text: string) => quote(text, dialect);
  const end = (kind: string) => `DELETE FROM ${name('logins')} WHERE ${name('kind')} = '${kind}';`;
  const moved = before.sessionStore !== answers.sessionStore;
  return [
    ...(uses('session', before) && moved ? [end('session')] : []),
    ...(uses('jwt', before) && !uses('jwt', answers) ? [end('token')] : []),
  ];
}

function stepsBetween(from: Snapshot, to: Snapshot, tree: Tree): readonly string[] {
  const written = String(tree.get(FIRST)?.content ?? '')
    .split('--> statement-breakpoint')
    .map((statement) => statement.trim());
  const mentions = (statement: string, verb: RegExp, name: string) =>
    verb.test(statement) && statement.split('(')[0]?.includes(quote(name, to.dialect));
  const steps: string[] = [];
  for (const [key, table] of Object.entries(to.tables)) {
    const former = from.tables[key];
    if (former === undefined) {
      steps.push(...written.filter((one) => mentions(one, /^CREATE TABLE/, table.name)));
    } else {
      steps.push(...columnSteps(former, table, to.dialect));
    }
    for (const index of Object.keys(table.indexes)) {
      if (former !== undefined && index in former.indexes) continue;
      steps.push(...written.filter((one) => mentions(one, /^CREATE (UNIQUE )?INDEX/, index)));
    }
  }
  for (const [key, { name }] of Object.entries(from.tables)) {
    if (!(key in to.tables)) steps.push(`DROP TABLE ${quote(name, to.dialect)};`);
  }
  return steps;
}

function columnSteps(former: Table, table: Table, dialect: string): readonly string[] {
  const alter = `ALTER TABLE ${quote(table.name, dialect)}`;
  const added = Object.values(table.columns).filter(({ name }) => !(name in former.columns));
  const dropped = Object.values(former.columns).filter(({ name }) => !(name in table.columns));
  return [
    ...added.map(({ name, type, notNull, default: value }) => {
      const rest = `${value === undefined ? '' : ` DEFAULT ${value}`}${notNull ? ' NOT NULL' : ''}`;
      return `${alter} ADD ${quote(name, dialect)} ${type}${rest};`;
    }),
    ...dropped.map(({ name }) => `${alter} DROP COLUMN ${quote(name, dialect)};`),
  ];
}

/** What the latest snapshot becomes: whoever else has changed it, what changes is what changes with us. */
function applyTo(latest: Snapshot, from: Snapshot, to: Snapshot): Snapshot | undefined {
  const tables: Record<string, Table> = { ...latest.tables };
  for (const [key, table] of Object.entries(to.tables)) {
    const former = from.tables[key];
    const now = latest.tables[key];
    if (former === undefined) {
      if (now !== undefined) return undefined;
      tables[key] = table;
      continue;
    }
    if (now === undefined) return undefined;
    tables[key] = {
      ...now,
      columns: exchange(now.columns, former.columns, table.columns),
      indexes: exchange(now.indexes, former.indexes, table.indexes),
    };
  }
  for (const key of Object.keys(from.tables)) {
    if (!(key in to.tables)) delete tables[key];
  }
  return { ...latest, id: idFor(latest.id, tables), prevId: latest.id, tables };
}

function exchange<Value>(
  now: Readonly<Record<string, Value>>,
  former: Readonly<Record<string, Value>>,
  next: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const kept = Object.entries(now).filter(([name]) => !(name in former) || name in next);
  const added = Object.entries(next).filter(([name]) => !(name in former));
  return Object.fromEntries([...kept, ...added]);
}

/** An id in the form of a UUID, the same for the same content. */
function idFor(previous: string, tables: object): string {
  const hash = sha256(previous + JSON.stringify(tables));
  return [8, 4, 4, 4, 12]
    .map((length, part) => {
      const start = [0, 8, 12, 16, 20][part] ?? 0;
      return hash.slice(start, start + length);
    })
    .join('-');
}

function quote(name: string, dialect: string): string {
  return dialect === 'sqlite' ? `\`${name}\`` : `"${name}"`;
}
