import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../database/client.js";
import { limits as table } from "../database/schema.js";
import { comeBackLater } from "../http/problem.js";
import { addressKey } from "./address-key.js";
import { digest } from "./digest.js";
import { emailKey } from "./email-key.js";

const WINDOW_SECONDS = 15 * 60;

/** Failed sign-ins in one window, for each account whoever tries, and for each address whichever account it tries. */
const PER_ACCOUNT = 10;
const PER_ADDRESS = 50;
/** Refused registrations for each address: each one tells that an email is registered. */
const TAKEN_PER_ADDRESS = 20;

export type FailureLimits = ReturnType<typeof createFailureLimits>;

/**
 * Limits guessing (ASVS v5.0.0-6.3.1, NIST SP 800-63B-4 3.2.2). Counts live in the database, so neither a restart nor a
 * second process forgets them. A limit ends by itself when its window does; logins that are open stay open.
 */
export function createFailureLimits(db: Database, windowSeconds: number = WINDOW_SECONDS) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterDrizzle({
      storeClient: db,
      schema: table,
      keyPrefix,
      points,
      duration: windowSeconds,
    });
  const account = limiter("account", PER_ACCOUNT);
  const address = limiter("address", PER_ADDRESS);
  const taken = limiter("taken", TAKEN_PER_ADDRESS);

  return {
    /**
     * Counts a try before it is made, so that many at once cannot overtake the count. An email without an account is
     * counted like any other: a 429 tells nothing.
     *
     * @throws {Problem} 429 where the account or the address has used up its tries
     */
    async beforeTry(email: string, ip: string) {
      const keys = { account: digest(emailKey(email)), address: addressKey(ip) };
      await consume(address, keys.address);
      await consume(account, keys.account);
      return {
        /** The password was right: the account starts from nothing again. */
        async succeeded(): Promise<void> {
          await Promise.all([address.reward(keys.address), account.delete(keys.account)]);
        },
        /** The try was not made after all. */
        async takeBack(): Promise<void> {
          await Promise.all([address.reward(keys.address), account.reward(keys.account)]);
        },
      };
    },

    /**
     * Counts a registration that is refused because the email is taken.
     *
     * @throws {Problem} 429 where the address has used up its tries
     */
    async beforeTaken(ip: string): Promise<void> {
      await consume(taken, addressKey(ip));
    },
  };
}

async function consume(limiter: RateLimiterDrizzle, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw comeBackLater(
      429,
      "too_many_failures",
      "Too many failures. Try again later.",
      error.msBeforeNext,
    );
  }
}
