import type { Result } from './attack.ts';

/** 0 where nothing was found; 4 where something was, or where an attack broke off and so proves nothing. */
export function exitCodeOf(results: readonly Result[]): 0 | 4 {
  return results.every(isFine) ? 0 : 4;
}

/** Whether a result says nothing against the server. */
export function isFine({ outcome }: Result): boolean {
  return outcome.status !== 'unsafe' && !(outcome.status === 'not tried' && outcome.broken);
}

/** One JSON document. */
export function reportForPrograms(url: URL, results: readonly Result[]): string {
  return JSON.stringify({ url: url.origin, safe: results.every(isFine), results }, null, 2);
}

/** A line for each attack, and what was found below it. */
export function reportForPeople(url: URL, results: readonly Result[]): string {
  const lines = results.flatMap((result) => [headline(result), ...details(result)]);
  return [`Attacks on ${url.origin}`, '', ...lines, '', summary(results)].join('\n');
}

const MARKS = {
  safe: 'ok',
  'safe in part': 'part',
  unsafe: 'FOUND',
  'not applicable': '-',
  'not tried': '?',
} as const;

function headline({ attack, outcome }: Result): string {
  const broken = outcome.status === 'not tried' && outcome.broken;
  const mark = broken ? 'BROKEN' : MARKS[outcome.status];
  return `${mark.padEnd(7)}${String(attack.id).padStart(2)}  ${attack.title}  (${attack.requirement})`;
}

function details({ outcome, notes }: Result): readonly string[] {
  const indent = ' '.repeat(11);
  const remarks = notes.map((note) => `${indent}${note}`);
  if (outcome.status === 'not tried') return [...remarks, `${indent}${outcome.why}`];
  if (outcome.status === 'safe in part') {
    return [...remarks, `${indent}only what leaves no trace; the rest ${outcome.why}`];
  }
  if (outcome.status !== 'unsafe') return remarks;
  const shown = outcome.findings
    .slice(0, MOST_SHOWN)
    .flatMap(({ what, sent, got, expected }) => [
      `${indent}${what}`,
      `${indent}  sent      ${sent}`,
      `${indent}  got       ${got}`,
      `${indent}  expected  ${expected}`,
    ]);
  const more = outcome.findings.length - MOST_SHOWN;
  return [...remarks, ...shown, ...(more > 0 ? [`${indent}and ${more} more`] : [])];
}

const MOST_SHOWN = 5;

function summary(results: readonly Result[]): string {
  const count = (status: Result['outcome']['status']) =>
    results.filter(({ outcome }) => outcome.status === status).length;
  return `${count('safe')} safe, ${count('safe in part')} safe in part, ${count('unsafe')} unsafe, ${count('not tried')} not tried, ${count('not applicable')} not applicable`;
}
