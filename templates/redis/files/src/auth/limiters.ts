import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { Database } from "../database/client.js";
import type { Log } from "../log.js";

export type Limiter = ReturnType<ReturnType<typeof createLimiters>>;

/**
 * Makes limiters that count in Redis. While it is out of reach each server counts in its own memory, from nothing: then
 * what can do without Redis goes on, and guessing is limited all the same. The log tells when that begins and ends.
 */
export function createLimiters({ redis }: Database, log: Log, duration: number) {
  let away = false;
  const noteAnswer = (): void => {
    if (away) log.info("failures are counted in Redis again");
    away = false;
  };
  const noteFailure = (err: unknown): void => {
    if (!away) log.error({ err }, "Redis is out of reach: failures are counted in memory");
    away = true;
  };

  return (name: string, points: number) => {
    const options = { keyPrefix: `limit:${name}`, points, duration };
    const shared = new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true });
    const own = new RateLimiterMemory(options);

    const count = async <T>(run: (limiter: RateLimiterAbstract) => Promise<T>): Promise<T> => {
      try {
        const result = await run(shared);
        noteAnswer();
        return result;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) {
          noteFailure(error);
          return run(own);
        }
        // That the count is used up is an answer too.
        noteAnswer();
        throw error;
      }
    };

    return {
      /** Counts one more. @throws {RateLimiterRes} where there were as many as may be */
      consume: (key: string) => count((limiter) => limiter.consume(key)),
      /** Takes one back. */
      reward: (key: string) => count((limiter) => limiter.reward(key)),
      /** Starts from nothing. */
      delete: (key: string) => count((limiter) => limiter.delete(key)),
    };
  };
}
