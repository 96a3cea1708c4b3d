import type { Config } from "../config.js";

/** When a session ends unless it is used again: idle or absolute expiry, whichever comes first (ASVS v5.0.0-7.3). */
export function sessionEnd(config: Config, createdAt: number, lastSeenAt: number): Date {
  return new Date(
    Math.min(
      lastSeenAt + config.SESSION_IDLE_TTL * 1000,
      createdAt + config.SESSION_ABSOLUTE_TTL * 1000,
    ),
  );
}
