import type { Subject } from "./access-token-format.js";

/** The most that are remembered: a few megabytes. */
const MAX_TOKENS = 10_000;

/**
 * Remembers tokens whose signature was found good, until they expire: checking one costs about as much as the rest of a
 * request. Nothing can make a token as such bad but the time, which is looked at each time; of logins that end, this
 * knows nothing. Only good tokens get in, so that nobody can push them out with others.
 */
export function createVerifiedTokens(now: () => Date) {
  const known = new Map<string, { subject: Subject; expiresAt: number }>();

  return {
    find(token: string): Subject | undefined {
      const found = known.get(token);
      if (!found || found.expiresAt > now().getTime()) return found?.subject;
      known.delete(token);
      return undefined;
    },

    /** @param exp when it expires, in seconds as in its claim */
    add(token: string, subject: Subject, exp: number): void {
      const [oldest] = known.keys();
      if (known.size === MAX_TOKENS && oldest !== undefined) known.delete(oldest);
      known.set(token, { subject, expiresAt: exp * 1000 });
    },
  };
}
