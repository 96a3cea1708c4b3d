import { RedisStore } from "connect-redis";
import { eq } from "drizzle-orm";
import { type SessionData, Store } from "express-session";
import type { Config } from "../config.js";
import type { Database } from "../database/client.js";
import { logins } from "../database/schema.js";
import type { Auth } from "./authenticate.js";
import { digest } from "./digest.js";
import { createOpenLogins, type OpenLogin, type OpenLogins } from "./open-logins.js";
import { sessionEnd } from "./session-end.js";

/** Use is written down at most this often (milliseconds), so that reading a session seldom means writing. */
const TOUCH_INTERVAL = 60_000;

type Done<T> = (error?: unknown, value?: T) => void;

/**
 * Keeps sessions in Redis, by the SHA-256 of their ids: who is signed in beside what express-session keeps. Signing in
 * makes a session and nothing else does; what express-session may still write of one that was ended opens nothing.
 */
export class SessionStore extends Store {
  readonly #db: Database;
  readonly #config: Config;
  readonly #now: () => Date;
  readonly #logins: OpenLogins;
  readonly #kept: RedisStore;

  constructor(db: Database, config: Config, now: () => Date) {
    super();
    this.#db = db;
    this.#config = config;
    this.#now = now;
    this.#logins = createOpenLogins(db);
    this.#kept = new RedisStore({
      client: db.redis,
      prefix: "session:",
      ttl: config.SESSION_ABSOLUTE_TTL,
      disableTouch: true,
    });
  }

  /** Tells whose session it is, and notes that it is used; undefined where there is none, or it has ended. */
  async use(sid: string): Promise<Auth | undefined> {
    const key = digest(sid);
    const login = await this.#logins.find(key, this.#now());
    if (!login || !(await this.#touch(key, login))) return undefined;
    return { userId: login.user.id, loginId: login.id, user: login.user };
  }

  override get(sid: string, done: Done<SessionData | null>): void {
    settle(this.#read(digest(sid)), done);
  }

  override set(sid: string, { login: _, ...data }: SessionData, done: Done<void> = () => {}): void {
    settle(this.#kept.set(digest(sid), data as SessionData), done);
  }

  /** Use is noted where it is told whose session it is. */
  override touch(_sid: string, _session: SessionData, done: Done<void> = () => {}): void {
    done();
  }

  override destroy(sid: string, done: Done<void> = () => {}): void {
    settle(this.#delete(digest(sid)), done);
  }

  async #read(key: string): Promise<SessionData | null> {
    const login = await this.#logins.find(key, this.#now());
    const data = login && (await this.#kept.get(key));
    if (!login || !data) return null;
    return {
      ...data,
      login: {
        id: login.id,
        userId: login.user.id,
        createdAt: login.createdAt.getTime(),
        lastSeenAt: login.lastSeenAt.getTime(),
      },
    };
  }

  /** @returns whether the login is open by its row too, where it was time to look */
  async #touch(key: string, login: OpenLogin): Promise<boolean> {
    const at = this.#now();
    const interval = Math.min(TOUCH_INTERVAL, this.#config.SESSION_IDLE_TTL * 100);
    if (at.getTime() - login.lastSeenAt.getTime() < interval) return true;
    const expiresAt = sessionEnd(this.#config, login.createdAt.getTime(), at.getTime());
    const [row] = await this.#db
      .update(logins)
      .set({ lastSeenAt: at, expiresAt })
      .where(eq(logins.keyHash, key))
      .returning({ id: logins.id });
    if (row) await this.#logins.renew(key, { ...login, lastSeenAt: at, expiresAt });
    // Redis went away between the end of the row and the end of the entry.
    else await this.#logins.forgetSession(key);
    return row !== undefined;
  }

  async #delete(key: string): Promise<void> {
    await this.#logins.forgetSession(key);
    await this.#db.delete(logins).where(eq(logins.keyHash, key));
  }
}

/** express-session speaks callbacks. */
function settle<T>(promise: Promise<T>, done: Done<T>): void {
  promise.then((value) => done(null, value), done);
}
