import type { Answers } from '../../src/options/answers.ts';
import type { Stage } from './lab/stage.ts';

/** Something that holds for a project only because a browser plays its part, too. */
export interface Claim {
  readonly title: string;
  /** What asks for it: ASVS 5.0.0, an RFC or the Fetch standard. */
  readonly requirement: string;
  applies(answers: Answers): boolean;
  /** Shows it, beside something that shows that it would be noticed if it did not hold. Fails by an assertion. */
  prove(stage: Stage): Promise<void>;
}

/** Whether the browser keeps something that signs its user in. */
export function keepsCookies({ auth, refreshTransport }: Answers): boolean {
  return auth !== 'jwt' || refreshTransport === 'cookie';
}
