import { startRedisStandIn } from "./redis-stand-in.js";

const VARIABLE = "TEST_REDIS_URL";

/**
 * Finds the Redis that all tests of a run share: the server that REDIS_URL names, where what the tests leave behind
 * runs out by itself, or else a stand-in in this process.
 *
 * @returns how to stop it
 */
export async function startTestRedis(): Promise<() => Promise<void>> {
  const { REDIS_URL, REDIS_PASSWORD = "" } = process.env;
  if (REDIS_URL) {
    const url = new URL(REDIS_URL);
    url.password ||= REDIS_PASSWORD;
    process.env[VARIABLE] = url.href;
    return async () => {};
  }
  const { port, stop } = await startRedisStandIn();
  process.env[VARIABLE] = `redis://127.0.0.1:${port}`;
  return stop;
}

/** The Redis that this run of the tests uses. */
export function testRedisUrl(): string {
  const url = process.env[VARIABLE];
  if (!url) throw new Error("there is no Redis for the tests: run them by the script `test`");
  return url;
}
