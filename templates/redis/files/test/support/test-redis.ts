import { createClient } from "redis";
import { startRedisStandIn } from "./redis-stand-in.js";

const VARIABLE = "TEST_REDIS_URL";
/** A key that says that a database is in use, whatever else is in it. */
const TAKEN = "taken-by-tests";

/**
 * Finds the Redis that all tests of a run share: an empty database of the server that REDIS_URL names, or else a
 * stand-in in this process.
 *
 * @returns how to clear up
 */
export async function startTestRedis(): Promise<() => Promise<void>> {
  const { REDIS_URL, REDIS_PASSWORD = "" } = process.env;
  if (!REDIS_URL) {
    const { port, stop } = await startRedisStandIn();
    process.env[VARIABLE] = `redis://127.0.0.1:${port}`;
    return stop;
  }
  const url = new URL(REDIS_URL);
  url.password ||= encodeURIComponent(REDIS_PASSWORD);
  process.env[VARIABLE] = await takeDatabase(url);
  return () => connected(testRedisUrl(), async (client) => void (await client.flushDb()));
}

/** The Redis that this run of the tests uses. */
export function testRedisUrl(): string {
  const url = process.env[VARIABLE];
  if (!url) throw new Error("there is no Redis for the tests: run them by the script `test`");
  return url;
}

/** Forgets everything, so that a test begins with nothing. */
export async function emptyTestRedis(): Promise<void> {
  await connected(testRedisUrl(), async (client) => {
    await client.flushDb();
    await client.set(TAKEN, "");
  });
}

/** Finds a database that holds nothing, and so is nobody's. Redis has 16 of them, unless it is set otherwise. */
async function takeDatabase(server: URL): Promise<string> {
  const url = new URL(server);
  for (let number = 1; number < 16; number += 1) {
    url.pathname = `/${number}`;
    const taken = await connected(url.href, async (client) => {
      return (await client.dbSize()) === 0 && (await client.set(TAKEN, "", { condition: "NX" }));
    });
    if (taken) return url.href;
  }
  throw new Error("no database of the Redis at REDIS_URL is empty, and the tests need one");
}

const connect = (url: string) => createClient({ url }).connect();

async function connected<T>(
  url: string,
  use: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const client = await connect(url);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
