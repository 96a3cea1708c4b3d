import { isIP } from "node:net";
import { createClient } from "redis";
import type { Config } from "../config.js";

export type RedisSettings = Pick<Config, "REDIS_URL" | "REDIS_PASSWORD" | "REDIS_TLS">;

/** After so long without an answer a connection is taken for broken (milliseconds). */
const SILENCE = 2000;

/**
 * Connects to Redis, and connects anew whenever the connection breaks. Until it is there again, every command fails at
 * once: a request must not wait for it.
 */
export async function openRedis({ REDIS_URL, REDIS_PASSWORD, REDIS_TLS }: RedisSettings) {
  const url = new URL(REDIS_URL);
  url.password ||= encodeURIComponent(REDIS_PASSWORD ?? "");
  const host = url.host;
  let wasReady = false;
  let asking: NodeJS.Timeout | undefined;
  const redis = createClient({
    url: REDIS_TLS === "verify" ? url.href.replace(/^redis:/, "rediss:") : url.href,
    disableOfflineQueue: true,
    // A server that never answered is a wrong setting.
    socket: {
      ...(REDIS_TLS === "verify" && verifiedTls(url)),
      connectTimeout: SILENCE,
      socketTimeout: SILENCE,
      reconnectStrategy: (tries) => wasReady && Math.min(50 * 2 ** tries, 1000),
    },
  });
  // The commands themselves say what failed. Unheard, the same news would end the process.
  redis.on("error", () => {});
  redis.on("ready", () => {
    wasReady = true;
    clearInterval(asking);
    asking = setInterval(ask, SILENCE / 2);
  });
  redis.on("end", () => clearInterval(asking));

  // To the time limit of a socket, writing is a sign of life too: a server that takes commands and answers none would
  // keep requests waiting for as long as others follow.
  async function ask(): Promise<void> {
    const silence = setTimeout(() => {
      redis.destroy();
      redis.connect().catch(() => {});
    }, SILENCE);
    await redis.ping().catch(() => {});
    clearTimeout(silence);
  }

  try {
    return await redis.connect();
  } catch (cause) {
    const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
    throw new Error(`REDIS_URL: ${host} cannot be used: ${reason}`, { cause });
  }
}

/** TLS to a server that has to prove itself, and is told by which name it is called. */
function verifiedTls({ hostname }: URL) {
  const hasName = isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
  return { tls: true, rejectUnauthorized: true, ...(hasName && { servername: hostname }) } as const;
}
