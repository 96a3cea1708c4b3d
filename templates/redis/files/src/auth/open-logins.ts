import type { SQL } from "drizzle-orm";
import type { Database } from "../database/client.js";
import { logins } from "../database/schema.js";
import type { PublicUser } from "./users.js";

/** What each request must know of a login. */
export interface OpenLogin {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly user: PublicUser;
}

/** What Redis knows a row of `logins` by; a statement that deletes rows returns it. */
export const ENDED = { id: logins.id, keyHash: logins.keyHash };

type Ended = Pick<typeof logins.$inferSelect, keyof typeof ENDED>;

export type OpenLogins = ReturnType<typeof createOpenLogins>;

/**
 * The open logins once more, in Redis, where each request asks for its own by one command. The table stays the list:
 * an entry is made just before its row, and is never made again; what deletes a row deletes its entry first.
 */
export function createOpenLogins(db: Database) {
  const { redis } = db;

  const write = async (key: string, login: OpenLogin, condition: { condition?: "XX" }) => {
    const { id, createdAt, lastSeenAt, expiresAt, user } = login;
    const shown = { id: user.id, email: user.email, createdAt: user.createdAt };
    const entry = { id, createdAt, lastSeenAt, expiresAt, user: shown };
    const written = await redis.set(`login:${key}`, JSON.stringify(entry), {
      ...condition,
      expiration: { type: "PXAT", value: expiresAt.getTime() },
    });
    return written !== null;
  };

  return {
    /** Notes a login whose row is about to be inserted. */
    open: (key: string, login: OpenLogin) => write(key, login, {}),

    /** Notes that a login was used; does nothing where it was ended meanwhile. @returns whether it is open */
    renew: (key: string, login: OpenLogin) => write(key, login, { condition: "XX" }),

    /** @param at the time by the server's clock */
    async find(key: string, at: Date): Promise<OpenLogin | undefined> {
      const text = await redis.get(`login:${key}`);
      if (text === null) return undefined;
      const { user, ...login } = JSON.parse(text);
      const expiresAt = new Date(login.expiresAt);
      if (expiresAt <= at) return undefined;
      return {
        id: login.id,
        createdAt: new Date(login.createdAt),
        lastSeenAt: new Date(login.lastSeenAt),
        expiresAt,
        user: { ...user, createdAt: new Date(user.createdAt) },
      };
    },

    /** Rejects while Redis is away: asked before a login is ended, which is then seldom ended by half. */
    async beThere(): Promise<void> {
      await redis.ping();
    },

    /**
     * Forgets the logins whose rows are about to be deleted: Redis first, so that whatever goes wrong in between leaves
     * nobody signed in. Rejects while Redis is away, and then nothing is ended.
     */
    async forgetAll(which: SQL | undefined): Promise<void> {
      await this.beThere();
      await this.forget(await db.select(ENDED).from(logins).where(which));
    },

    /** Forgets logins by their rows. */
    async forget(ended: readonly Ended[]): Promise<void> {
      const keys = ended.flatMap(({ id, keyHash }) => [
        `login:${id}`,
        `login:${keyHash}`,
        `session:${keyHash}`,
      ]);
      if (keys.length > 0) await redis.del(keys);
    },

    /** Forgets a session by the digest of its id, whether or not it has a row still. */
    async forgetSession(keyHash: string): Promise<void> {
      await redis.del([`login:${keyHash}`, `session:${keyHash}`]);
    },
  };
}
