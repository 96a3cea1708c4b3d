import { randomBytes } from "node:crypto";
import { parseCookie } from "cookie";
import { unsign } from "cookie-signature";
import type { Request, RequestHandler, Response } from "express";
import session from "express-session";
import type { Config } from "../config.js";
import { secureCookie } from "../security/cookies.js";
import type { Auth } from "./authenticate.js";
import { invalidCredentials } from "./credentials.js";
import { digest } from "./digest.js";
import type { Logins } from "./logins.js";
import type { SessionStore } from "./session-store.js";
import type { User } from "./users.js";

declare module "express-session" {
  interface SessionData {
    /** Who is signed in, and since when the server last noted that the session is used (milliseconds). */
    login: { id: string; userId: string; createdAt: number; lastSeenAt: number };
  }
}

export type Sessions = ReturnType<typeof createSessions>;

/**
 * Sessions in a cookie: the browser holds a random id, the server everything else.
 *
 * @param store keeps sessions by the SHA-256 of their id
 */
export function createSessions(
  config: Config,
  store: SessionStore,
  logins: Logins,
  now: () => Date,
) {
  const cookie = secureCookie(config, "sid");
  const handler = session({
    name: cookie.name,
    secret: config.SESSION_SECRETS,
    store,
    genid: () => randomBytes(32).toString("base64url"),
    // Nothing is stored for visitors who are not signed in (ASVS v5.0.0-15.2.2).
    saveUninitialized: false,
    resave: false,
    cookie: { ...cookie.options, sameSite: "strict" },
  });

  /**
   * express-session withholds a Secure cookie where it sees plain http, which is all that it sees behind a proxy that
   * ends TLS. In production the browser is the judge: over http it drops a __Host- cookie by itself.
   */
  const openSession: RequestHandler = (req, res, next) => {
    if (cookie.options.secure && !req.secure) {
      Object.defineProperty(req, "secure", { value: true });
    }
    handler(req, res, next);
  };

  /** The id in a request's cookie, if one of our secrets has signed it. */
  const idOf = (req: Request): string | undefined => {
    const value = parseCookie(req.headers.cookie ?? "")[cookie.name];
    if (!value?.startsWith("s:")) return undefined;
    for (const secret of config.SESSION_SECRETS) {
      const id = unsign(value.slice("s:".length), secret);
      if (id !== false) return id;
    }
    return undefined;
  };

  const read = async (req: Request): Promise<Auth | undefined> => {
    const id = idOf(req);
    return id === undefined ? undefined : store.use(id);
  };

  return {
    /** Opens `req.session`. Who is signed in is known without: only what keeps something in it pays for it. */
    open: openSession,

    /** How a 401 says that there is a session cookie to get. */
    challenge: `Cookie realm="api", cookie-name="${cookie.name}"`,

    /** Signs a user in under a new session id: one that was planted before is worth nothing (ASVS v5.0.0-7.2.4). */
    async start(req: Request, res: Response, user: User): Promise<Auth> {
      if (!req.session) await promised((done) => openSession(req, res, done));
      await promised((done) => req.session.regenerate(done));
      const at = now().getTime();
      const loginId = await logins.open(user, {
        kind: "session",
        keyHash: digest(req.sessionID),
        ip: req.ip ?? null,
        userAgent: req.get("User-Agent")?.slice(0, 256) ?? null,
        expiresAt: sessionEnd(config, at, at),
      });
      if (!loginId) throw invalidCredentials();
      req.session.login = { id: loginId, userId: user.id, createdAt: at, lastSeenAt: at };
      await promised((done) => req.session.save(done));
      return { userId: user.id, loginId };
    },

    /** Who the request's session belongs to; undefined where it has none that is open. */
    read,

    /** The login that a request's session is. */
    loginOf: async (req: Request): Promise<string | undefined> => (await read(req))?.loginId,

    /** Ends the request's session, and takes the cookie back. */
    async end(req: Request, res: Response): Promise<void> {
      const id = idOf(req);
      if (id === undefined) return;
      // An open one would be stored once more after the answer.
      if (req.session) await promised((done) => req.session.destroy(done));
      else await promised((done) => store.destroy(id, done));
      res.clearCookie(cookie.name, cookie.options);
    },
  };
}

/** When a session ends unless it is used again: idle or absolute expiry, whichever comes first (ASVS v5.0.0-7.3). */
export function sessionEnd(config: Config, createdAt: number, lastSeenAt: number): Date {
  return new Date(
    Math.min(
      lastSeenAt + config.SESSION_IDLE_TTL * 1000,
      createdAt + config.SESSION_ABSOLUTE_TTL * 1000,
    ),
  );
}

function promised(start: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
