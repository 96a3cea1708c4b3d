import type { Attack, Result } from '../../../src/attacks/attack.ts';
import { type RecordedRun, recordLine } from '../record/recorded-run.ts';
import type { Mutation } from './mutation.ts';

/** A variant as it is, attacked. */
export interface VariantRun {
  readonly name: string;
  readonly results: readonly Result[];
}

/** A mutation, and which attacks noticed. */
export interface Caught {
  readonly mutation: Mutation;
  readonly red: readonly number[];
  /** What the attack said that should have noticed. */
  readonly why: string;
}

/** docs/ATTACKS.md, out of what was seen. */
export function document(
  attacks: readonly Attack[],
  sound: readonly VariantRun[],
  caught: readonly Caught[],
  run: RecordedRun,
): string {
  const rows = attacks.flatMap((attack) => {
    const own = caught.filter(({ mutation }) => mutation.attack === attack.id);
    return own.map(({ mutation, red }, index) => {
      const others = red.filter((id) => id !== attack.id);
      const bites = red.includes(attack.id) ? '' : ' **survived**';
      return row([
        index === 0 ? String(attack.id) : '',
        index === 0 ? attack.title : '',
        index === 0 ? attack.requirement : '',
        index === 0 ? variantsOf(attack, sound) : '',
        `${mutation.name} (\`${mutation.variant}\`)${bites}`,
        others.join(', '),
      ]);
    });
  });
  const survivors = caught.filter(({ mutation, red }) => !red.includes(mutation.attack)).length;
  return `${HEAD}
${attacks.length} attacks, ${caught.length} mutations, ${caught.length - survivors} of them caught.
${recordLine(run)}

${row(['', 'attack', 'asked for by', 'safe on', 'turns red when (in)', 'and with it'])}
${row(['---', '---', '---', '---', '---', '---'])}
${rows.join('\n')}
`;
}

const HEAD = `# The attacks, and the proof that they bite

\`npm run test:sabotage\` writes this page from what it sees. It attacks six generated projects from outside, over HTTP, as
separate processes; all attacks that apply to a project must fail. Then it takes one defence at a time out of the generated
code and attacks again: the attack that the defence is against must turn red. The last column lists others that noticed as
well; of those that start servers of their own or load them (19, 23, 25, 47, 54, 59 to 62), only the one that a mutation is
made for is tried on it. Where a mutation is about the start of a server (62), nothing else is tried.

The projects are what a person would get, but for two numbers: what a password hash costs and how long a lock lasts come
from the environment, so that attacks which are not about them need not wait. 47 runs at the real cost.

| project | answers |
|---|---|
| \`session\` | sessions in the database, Argon2id, no CORS |
| \`jwt-hs256\` | JWT: HS256, refresh cookie, expiry, bcrypt, no CORS |
| \`jwt-eddsa\` | JWT: EdDSA, refresh token in the body, instant revocation, scrypt, one origin, Helmet for pages |
| \`both-es256\` | both: ES256, refresh cookie, instant revocation, PBKDF2, an origin and a pattern |
| \`both-servers\` | both: HS256, refresh cookie, instant revocation, Argon2id, PostgreSQL, sessions in Redis, one origin |
| \`session-memory\` | sessions in memory, so in development; Argon2id, no CORS |
`;

function variantsOf(attack: Attack, sound: readonly VariantRun[]): string {
  const safe = sound.filter(({ results }) =>
    results.some((result) => result.attack.id === attack.id && result.outcome.status === 'safe'),
  );
  return safe.length === sound.length ? 'all' : safe.map(({ name }) => `\`${name}\``).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
