import { type Change, isChange } from '../disk/changes.ts';

const WORDS = [
  ['create', 'new'],
  ['update', 'changed'],
  ['merge', 'merged with your edits'],
  ['delete', 'deleted'],
] as const;

/** What a plan does, in numbers: `16 new, 19 changed, 1 deleted, 1 conflict`; empty where it does nothing. */
export function planCounts(changes: readonly Change[]): string {
  const number = (kind: Change['kind']) => changes.filter((one) => countedAs(one) === kind).length;
  const conflicts = number('conflict');
  return [
    ...WORDS.flatMap(([kind, word]) => (number(kind) === 0 ? [] : [`${number(kind)} ${word}`])),
    ...(conflicts === 0 ? [] : [`${conflicts} conflict${conflicts === 1 ? '' : 's'}`]),
  ].join(', ');
}

/** Of a file of secrets nothing is recorded, so nobody knows of edits in it: settings are added, and that is all. */
function countedAs(change: Change): Change['kind'] {
  return change.kind === 'merge' && change.file.secret === true ? 'update' : change.kind;
}

/** One row of a plan: a file, or the files of a folder to which the same happens for the same reason. */
export interface PlanRow {
  readonly kind: Change['kind'];
  /** A folder ends with `/`. */
  readonly where: string;
  readonly files: number;
  readonly remark: string;
}

/** In the order in which a person reads them: what is to be decided stands last, beside what is said about it. */
const ORDER: readonly Change['kind'][] = [
  'create',
  'update',
  'delete',
  'keep',
  'merge',
  'conflict',
];

/**
 * The rows of a plan. What concerns nobody's edits is put together by folder; every other file has a row of its own.
 *
 * @param remarkOf what is to be said about a change.
 */
export function planRows(
  changes: readonly Change[],
  remarkOf: (change: Change) => string,
): readonly PlanRow[] {
  const rows = new Map<string, PlanRow & { readonly path: string }>();
  for (const change of changes) {
    const { kind, path } = change;
    const isSaid = isChange(change) || ('why' in change && change.why !== undefined);
    if (!isSaid) continue;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const remark = remarkOf(change);
    const isEdited = (kind === 'delete' || kind === 'update') && change.why !== undefined;
    const isPlain = /^(create|update|delete)$/.test(kind) && !isEdited && folder !== '';
    const key = [kind, isPlain ? folder : path, remark].join('\n');
    const files = (rows.get(key)?.files ?? 0) + 1;
    rows.set(key, { kind, path, where: files === 1 ? path : folder, files, remark });
  }
  return ORDER.flatMap((kind) =>
    [...rows.values()]
      .filter((row) => row.kind === kind)
      .sort((a, b) => (a.where < b.where ? -1 : 1)),
  );
}
