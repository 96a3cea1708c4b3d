import { type Account, newEmail } from './api.ts';
import type { Scene } from './attack.ts';
import type { Exchange } from './client.ts';

/** NIST SP 800-63B-4 3.2.2: no more consecutive failures than this on one account. */
export const MOST_FAILURES = 100;

/** The hash of an account's password, as a thief of the database finds it. */
export async function storedHash({ target, evidence }: Scene, { id }: Account): Promise<string> {
  const rows = (await target.storage?.rows()) ?? [];
  const own = rows.filter((row) => row.includes(id)).flat();
  const hash = own.find((text) => text.startsWith('$'));
  evidence.controlThat('a hash of the password is stored', hash !== undefined);
  return hash ?? '';
}

/** Fails to sign in until it is refused otherwise. @returns the refusal, or the last failure */
export async function untilLimited(
  { api }: Scene,
  email: string = newEmail(),
  count: (answer: Exchange) => void = () => {},
): Promise<Exchange> {
  for (let tries = 1; ; tries += 1) {
    const answer = await api.trySignIn({ email, password: `Wrong for the ${tries}. time` });
    count(answer);
    if (answer.status !== 401 || tries > MOST_FAILURES) return answer;
  }
}
