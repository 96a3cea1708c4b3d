import type { Request } from "express";
import { z } from "zod";
import { Problem } from "../http/problem.js";
import { readBody } from "../http/read-body.js";
import { type Log, logEvent } from "../log.js";
import { addressKey } from "./address-key.js";
import type { FailureLimits } from "./failure-limits.js";
import type { Passwords } from "./passwords.js";
import type { User, Users } from "./users.js";

/** What registration takes; unknown keys are refused (ASVS v5.0.0-15.3.3). */
export const newAccount = z.strictObject({
  email: z.email().max(254),
  password: z.string(),
});

/**
 * What signing in takes. Nothing is said about an odd email or password but that it is wrong. No email has a NUL, and
 * not every database can be asked for one: what stands for an unreadable character stands in for it.
 */
const credentials = z.strictObject({
  email: z
    .string()
    .max(254)
    .transform((email) => email.split("\0").join("\ufffd")),
  password: z.string(),
});

/** The one answer to every reason that a sign-in can fail for (ASVS v5.0.0-6.3.8). */
export function invalidCredentials(): Problem {
  return new Problem(401, "invalid_credentials", "The email or the password is wrong.");
}

export type CredentialCheck = ReturnType<typeof createCredentialCheck>;

/** The one way to check a password, whether it signs in with a session, for tokens, or confirms a change. */
export function createCredentialCheck(services: {
  users: Users;
  passwords: Passwords;
  limits: FailureLimits;
  log: Log;
}) {
  const { users, passwords, limits, log } = services;

  /**
   * Counts a try, makes it, and notes how it ended. Takes as long whether or not there is such a user.
   *
   * @throws {Problem} 429 after too many failures, 503 while too many others are being checked
   */
  async function tryPassword(
    req: Request,
    email: string,
    user: User | undefined,
    password: string,
  ): Promise<boolean> {
    const ip = req.ip ?? "";
    const attempt = await limits.beforeTry(email, ip).catch((error: unknown) => {
      if (error instanceof Problem) logEvent(log, "login.limited", { userId: user?.id, ip });
      throw error;
    });
    try {
      const matches = await passwords.verify(user?.passwordHash, password, addressKey(ip));
      if (matches && !user?.disabledAt) {
        await attempt.succeeded();
        return true;
      }
    } catch (error) {
      await attempt.takeBack();
      throw error;
    }
    logEvent(log, "login.failed", { userId: user?.id, ip });
    return false;
  }

  /**
   * Hashes a password the way new ones are; only a sign-in has it at hand. Where another request was faster, the
   * password is held against what that one stored: the same, if it was a sign-in too.
   */
  async function rehash(user: User, password: string, ip = ""): Promise<User> {
    const client = addressKey(ip);
    const hash = await passwords.hash(password, client).catch(ifBusy);
    // There is another time.
    if (hash === undefined) return user;
    const rehashed = await users.rehash(user, hash);
    if (rehashed) return rehashed;
    const current = await users.findActive(user.id);
    const matches = await passwords.verify(current?.passwordHash, password, client);
    if (!current || !matches) throw invalidCredentials();
    return current;
  }

  return {
    tryPassword,

    /**
     * Checks the email and password of a request's body.
     *
     * @throws {Problem} 401 where they are wrong, and as `tryPassword` does
     */
    async signIn(req: Request): Promise<User> {
      const { email, password } = readBody(credentials, req);
      const user = await users.findByEmail(email);
      const matches = await tryPassword(req, email, user, password);
      if (!user || !matches) throw invalidCredentials();
      const isOutdated = passwords.isOutdated(user.passwordHash, password);
      return isOutdated ? rehash(user, password, req.ip) : user;
    },
  };
}

function ifBusy(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
}
