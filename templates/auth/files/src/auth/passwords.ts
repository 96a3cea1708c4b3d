import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import type { PasswordAlgorithm } from "./password-algorithm.js";
import { createWorkQueue } from "./work-queue.js";

export type Passwords = Awaited<ReturnType<typeof createPasswords>>;

/**
 * Hashes and checks passwords, a bounded number at a time and off the event loop.
 *
 * @param current hashes new passwords
 * @param older only checks passwords that were hashed before `current` was chosen
 */
export async function createPasswords(
  current: PasswordAlgorithm,
  older: readonly PasswordAlgorithm[] = [],
) {
  // One of the four threads of Node's pool stays free for files and name look-ups.
  const atOnce = Math.min(3, availableParallelism());
  const run = createWorkQueue({ atOnce, waiting: 16 * atOnce, waitingEach: 4 * atOnce });
  // What a password is checked against when there is no such user: the same work, never a match.
  const nobody = await current.hash(randomBytes(32).toString("base64url"));
  const algorithms = [current, ...older];

  return {
    /** @param client who asks, such as a network address: one alone cannot fill the queue */
    hash: (password: string, client?: string): Promise<string> =>
      run(client, () => current.hash(normalize(password))),

    /**
     * Checks a password; without a stored hash it takes as long and fails (ASVS v5.0.0-6.3.8).
     *
     * @param client as for `hash`
     */
    verify: (stored: string | undefined, password: string, client?: string): Promise<boolean> =>
      run(client, async () => {
        const against = stored ?? nobody;
        const algorithm = algorithms.find((candidate) => candidate.recognises(against));
        if (!algorithm) throw new Error("a stored password hash is of no known algorithm");
        const matches = await algorithm.verify(against, normalize(password));
        return matches && stored !== undefined;
      }),

    /**
     * Tells whether a hash is due to be made anew, which only a sign-in can do. Where today's algorithm does not take
     * the password, the hash stays as it is: a new one would lock the user out.
     */
    isOutdated: (stored: string, password: string): boolean =>
      !(current.recognises(stored) && current.isCurrent(stored)) &&
      current.takes(normalize(password)),
  };
}

/** Keyboards type the same letter in different ways (NIST SP 800-63B-4 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize("NFC");
}
