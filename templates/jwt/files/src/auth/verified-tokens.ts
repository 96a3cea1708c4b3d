import type { Auth } from "./authenticate.js";

/** The most that are remembered: a few megabytes. */
const MAX_TOKENS = 10_000;

/**
 * Remembers tokens whose signature was found good, until they expire: checking one costs about as much as the rest of a
 * request. Nothing can make such a token bad but the time, which is looked at each time; whether its login
 * is still open is not remembered here. Only good tokens get in, so that nobody can push them out with others.
 */
export function createVerifiedTokens(now: () => Date) {
  const known = new Map<string, { auth: Auth; expiresAt: number }>();

  return {
    find(token: string): Auth | undefined {
      const found = known.get(token);
      if (!found || found.expiresAt > now().getTime()) return found?.auth;
      known.delete(token);
      return undefined;
    },

    /** @param exp when it expires, in seconds as in its claim */
    add(token: string, auth: Auth, exp: number): void {
      const [oldest] = known.keys();
      if (known.size === MAX_TOKENS && oldest !== undefined) known.delete(oldest);
      known.set(token, { auth, expiresAt: exp * 1000 });
    },
  };
}
