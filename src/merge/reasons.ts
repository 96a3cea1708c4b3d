import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** Why a file is to change. `answers`: because of what was asked for now. The others: because our templates did. */
export interface Reason {
  readonly kind: 'answers' | 'security' | 'maintenance';
  /** In one line, where there is something to say. */
  readonly why?: string;
}

/** One entry of `templates/changelog.json`: what projects of earlier versions get by `regenerate`. */
export interface ChangelogEntry {
  /** The first version that has it. */
  readonly since: string;
  readonly kind: 'security' | 'maintenance';
  /** Files of the project; one that ends with `/` stands for all below it. */
  readonly paths: readonly string[];
  readonly why: string;
}

/** Reads what has changed in the templates from version to version. */
export function readChangelog(): readonly ChangelogEntry[] {
  return JSON.parse(readFileSync(join(packageRoot, 'templates', 'changelog.json'), 'utf8')).entries;
}

/** What a file is, in one state; undefined where there is none. */
type State = string | Uint8Array | undefined;

/**
 * Says why a file is to change.
 *
 * @param states `base` as it was rendered last time, `renewed` with the same answers and today's templates, `theirs`
 *   with today's answers.
 * @param recorded the version that rendered `base`.
 */
export function reasonsFor(
  path: string,
  {
    base,
    renewed,
    theirs,
  }: { readonly base: State; readonly renewed: State; readonly theirs: State },
  recorded: string,
  changelog: readonly ChangelogEntry[],
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (renewed !== theirs) reasons.push({ kind: 'answers' });
  if (base === renewed) return reasons;
  const entries = changelog.filter(
    ({ since, paths }) => isLater(since, recorded) && paths.some((one) => covers(one, path)),
  );
  if (entries.length === 0) reasons.push({ kind: 'maintenance' });
  for (const { kind, why } of entries) reasons.push({ kind, why });
  return reasons;
}

/** Whether a version comes after another; both as `1.2.3`. */
function isLater(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) => text.split(/[.-]/).map(Number));
  const difference = [0, 1, 2].map((place) => (one?.[place] ?? 0) - (two?.[place] ?? 0));
  return (difference.find((part) => part !== 0) ?? 0) > 0;
}

function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}
