import type { Attack, Result } from '../../../src/attacks/attack.ts';
import { type RecordedRun, recordLine } from '../record/recorded-run.ts';

/** A variant, and how each attack on it ended. */
export interface Attacked {
  readonly label: string;
  readonly results: readonly Result[];
  /** Whether that was seen by an earlier run, of a server with the same content. */
  readonly known: boolean;
}

/** The longest that a run may take on two processors. */
export const LIMIT_MINUTES = 60;

/** One letter for how an attack ended. */
function letterOf({ outcome }: Result): string {
  switch (outcome.status) {
    case 'safe':
      return '.';
    case 'safe in part':
      return '~';
    case 'unsafe':
      return 'X';
    case 'not applicable':
      return ' ';
    case 'not tried':
      return outcome.broken ? '!' : '-';
  }
}

/** One line of the table. */
export function row({ label, results }: Attacked, width: number): string {
  return `${label.padEnd(width)} |${results.map(letterOf).join('')}|`;
}

/** Variants down, attacks across. */
export function table(attacks: readonly Attack[], attacked: readonly Attacked[]): string {
  const width = Math.max(...attacked.map(({ label }) => label.length));
  const digits = (digit: (id: number) => number, when: (id: number) => boolean) =>
    attacks.map(({ id }) => (when(id) ? String(digit(id)) : ' ')).join('');
  return [
    `${' '.repeat(width)}  ${digits(
      (id) => Math.floor(id / 10),
      (id) => id % 10 === 0,
    )}`,
    `${' '.repeat(width)}  ${digits(
      (id) => id % 10,
      () => true,
    )}`,
    ...attacked.map((one) => row(one, width)),
  ].join('\n');
}

/**
 * docs/MATRIX.md, out of what was seen.
 *
 * @param run when and how long
 */
export function document(
  attacks: readonly Attack[],
  attacked: readonly Attacked[],
  run: RecordedRun,
): string {
  const count = (status: Result['outcome']['status']) =>
    attacked.flatMap(({ results }) => results).filter(({ outcome }) => outcome.status === status)
      .length;
  const known = attacked.filter((one) => one.known).length;
  return `# Every way of signing in, attacked

\`npm run test:matrix\` writes this page from what it sees. It makes a project for every way of signing in (the full product
of login, JWT algorithm, way of the refresh token, revocation and session store, on SQLite and on PostgreSQL), with each
kind of login each hash, each kind of CORS and each set of headers among them, boots each as a process of its own, on
servers of PostgreSQL and Redis where it needs them, and attacks it over HTTP.
The attacks are those of [ATTACKS.md](ATTACKS.md), where each is proven to bite. \`loose\` and \`bare\` are custom
headers: the weakest that can be chosen, and none; that a header which was not chosen is missing is no finding.

${attacked.length} variants, ${attacks.length} attacks: ${count('safe')} safe, ${count('safe in part')} safe in part, ${count('unsafe')} unsafe, ${count('not tried')} not tried, ${count('not applicable')} that do not apply.
${recordLine(run)} A run that takes more than ${LIMIT_MINUTES} minutes fails. ${known === 0 ? 'No row was' : known === 1 ? 'One row was' : `${known} rows were`} taken over from an earlier run on servers of the same content.

A point is safe, ~ in part, X unsafe, ! broken off, - not tried; where nothing stands, the attack does not apply.

\`\`\`
${table(attacks, attacked)}
\`\`\`
`;
}
