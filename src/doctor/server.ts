import type { Host, Result, Target } from '../attacks/attack.ts';
import { ATTACKS } from '../attacks/attacks.ts';
import { MENDS } from '../attacks/mends.ts';
import { type AttackListener, runAttacks } from '../attacks/runner.ts';
import type { Answers } from '../options/answers.ts';
import type { Environment } from './environment.ts';
import { type Examined, Sight } from './finding.ts';

/** A part of the examination that also says how each attack ended. */
export interface ServerExamined extends Examined {
  readonly url: string;
  readonly attacks: readonly Result[];
}

/** What is known of a server, and how far to go. */
export interface ServerUnderTest {
  readonly answers: Answers;
  readonly environment: Environment | undefined;
  /** Set where modules were added to an app. */
  readonly host: Host | undefined;
  /** Whether accounts may be made and limits be used up. */
  readonly disturb: boolean;
  readonly begins: AttackListener | undefined;
}

/** Attacks a running server, which must have been asked for: by default only in ways that leave no trace in its data. */
export async function examineServer(
  url: URL,
  { answers, environment, host, disturb, begins }: ServerUnderTest,
): Promise<ServerExamined> {
  const sight = new Sight('server');
  const settings = environment?.settings;
  const target: Target = {
    url,
    ...(settings && { settings }),
    ...(settings?.NODE_ENV === 'production' && { production: true }),
    ...(host && { host }),
  };
  const attacks = await runAttacks(ATTACKS, {
    answers: { ...answers, corsOrigins: allowedOrigins(answers, settings) },
    target,
    disturb,
    begins,
  });
  for (const result of attacks) tell(sight, result);
  const tried = attacks.filter(({ outcome }) => /^(?:un)?safe/.test(outcome.status)).length;
  const parts = attacks.filter(({ outcome }) => outcome.status === 'safe in part').length;
  const inPart = parts === 0 ? '' : `, ${parts} of them in part`;
  const rest = disturb ? '' : '; --disturb tries what makes accounts and uses up limits';
  return {
    ...sight.examined(`${tried} attacks on ${url.origin}${inPart}${rest}`),
    url: url.origin,
    attacks,
  };
}

function tell(sight: Sight, { attack, outcome }: Result): void {
  const { id, title, requirement } = attack;
  const where = `attack ${id}`;
  const mend = MENDS[id] ?? '';
  if (outcome.status === 'unsafe') {
    const [first] = outcome.findings;
    const more = outcome.findings.length - 1;
    const what = `${title}: ${first?.what}. Sent ${first?.sent}; got ${first?.got}; expected ${first?.expected}`;
    sight.find(where, more > 0 ? `${what}. And ${more} more` : what, requirement, mend);
  } else if (outcome.status === 'not tried' && outcome.broken) {
    sight.find(
      where,
      `${title}: could not be tried, so it proves nothing: ${outcome.why}`,
      requirement,
      'Look whether it is the server of this project that answers at the address.',
    );
  }
}

/** The setting stands in for the answer, where the project has CORS at all. */
function allowedOrigins(
  { corsOrigins }: Answers,
  settings: Environment['settings'] | undefined,
): readonly string[] {
  const own = settings?.CORS_ORIGINS;
  if (own === undefined || corsOrigins.length === 0) return corsOrigins;
  return own.trim() === 'none' ? [] : own.split(',').map((origin) => origin.trim());
}
