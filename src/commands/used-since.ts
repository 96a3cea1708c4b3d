import type { Change } from '../disk/changes.ts';
import { ConflictError } from '../errors.ts';
import { hasAccounts, type Module } from '../features/modules.ts';
import { readDiskFile } from '../merge/disk-file.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { recordedAnswers } from '../merge/renewed-answers.ts';
import { printable } from '../options/printable.ts';
import { differingArguments } from '../options/reproduce.ts';
import { MANIFEST } from '../record-paths.ts';

/**
 * What a database may hold since a run, by the path of what brought it: a migration, or the hash of a password. The
 * code from before that run cannot read it, and nothing here tells whether a server has run since.
 *
 * @param back what brings back the state before the run, whatever was edited since.
 * @returns why each of them is not to go unasked; none where the database or the accounts go too.
 */
export function usedSince(root: string, back: readonly Change[]): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  const { former, now } = manifests(root, back);
  if (former === undefined) return used;
  if (now !== undefined && now.answers.database !== former.answers.database) return used;
  if (former.host !== undefined && !hasAccounts(former.host.modules)) return used;
  for (const change of back) {
    const { kind, path } = change;
    if (kind === 'delete' && /^migrations\/[^/]+\.sql$/.test(path)) used.set(path, RUN);
    if (kind === 'delete' && HASH.test(path)) used.set(path, HASHED);
    if (kind === 'update' && MODULE.test(path)) {
      const disk = readDiskFile(root, path);
      const text = disk === undefined || disk === 'other' ? undefined : disk.text;
      const stays = tagsIn(String(change.file.content));
      if (tagsIn(text ?? '').some((tag) => !stays.includes(tag))) used.set(path, RUN);
    }
  }
  return used;
}

const RUN = 'a database may have run it already';
const HASHED = 'passwords may be hashed by it already';
const HASH = /\/auth\/(argon2id|bcrypt|scrypt|pbkdf2)\.[cm]?[jt]s$/;
/** The migrations of a module in a repo that exists, all in one file. */
const MODULE = /\/database\/migrations\.[cm]?[jt]s$/;

function tagsIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*tag: ['"](.+)['"]/gm)].map(([, tag = '']) => tag);
}

/** A way back with what a database may hold: only `theirs` takes it away, and leaving it behind would be no use. */
export function holdUsed(
  changes: readonly Change[],
  used: ReadonlyMap<string, string>,
  onConflict: OnConflict,
): readonly Change[] {
  return changes.map((change): Change => {
    const { path } = change;
    const why = used.get(path);
    if (why === undefined) return change;
    if (onConflict === 'theirs' && (change.kind === 'delete' || change.kind === 'update')) {
      return { ...change, why: change.why === undefined ? why : `${why}; ${change.why}` };
    }
    const none = { content: '', mode: 0o644, feature: 'project' };
    const file = 'file' in change ? change.file : none;
    return { kind: 'conflict', path, file, problems: [why] };
  });
}

/** An undo would take away what a database may hold. */
export class UsedSinceError extends ConflictError {
  /** The arguments of `regenerate` that lead to the former answers; none where they are the same. */
  readonly forward: readonly string[];
  /** Whether `theirs` would take away what was edited since, too. */
  readonly losesEdits: boolean;

  constructor(root: string, back: readonly Change[], used: ReadonlyMap<string, string>) {
    const paths = [...used.keys()];
    super({
      code: 'used-since',
      message: `A database may hold already what this would take away: ${paths.map(printable).join(', ')}; nothing was written`,
      where: paths.join(' '),
      mend: 'Regenerate with the former answers; --on-conflict theirs is for where no server has run since.',
    });
    this.losesEdits = back.some((one) => one.kind !== 'keep' && 'why' in one);
    const { former, now } = manifests(root, back);
    this.forward = former && now ? differingArguments(answersOf(former), answersOf(now)) : [];
  }
}

interface Manifest {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly host?: { readonly modules: readonly Module[] };
}

function answersOf({ answers }: Manifest) {
  return recordedAnswers({ answers, formerHashes: [] });
}

/** The record that comes back, unless it goes and all of ours with it, and the one of now, unless it is damaged. */
function manifests(root: string, back: readonly Change[]) {
  const change = back.find(({ path }) => path === MANIFEST);
  const former = change !== undefined && 'file' in change ? String(change.file.content) : undefined;
  const disk = readDiskFile(root, MANIFEST);
  const now = disk === undefined || disk === 'other' ? undefined : disk.text;
  return { former: parsed(former), now: parsed(now) };
}

function parsed(text: string | undefined): Manifest | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
