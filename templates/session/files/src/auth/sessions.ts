import { randomBytes } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import session, { type Store } from "express-session";
import type { Config } from "../config.js";
import { secureCookie } from "../security/cookies.js";
import type { Auth } from "./authenticate.js";
import { invalidCredentials } from "./credentials.js";
import { digest } from "./digest.js";
import type { Logins } from "./logins.js";
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
export function createSessions(config: Config, store: Store, logins: Logins, now: () => Date) {
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

  return {
    /**
     * Reads the session of a request that carries the cookie. Any other has no `req.session`, and gets one by signing in
     * and by nothing else (ASVS v5.0.0-15.2.2).
     */
    middleware: ((req, res, next) => {
      if (req.headers.cookie?.includes(`${cookie.name}=`)) openSession(req, res, next);
      else next();
    }) satisfies RequestHandler,

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

    /** Who the request's session belongs to. */
    read(req: Request): Auth | undefined {
      const login = req.session?.login;
      return login && { userId: login.userId, loginId: login.id };
    },

    /** Ends the request's session, and takes the cookie back. */
    async end(req: Request, res: Response): Promise<void> {
      if (!req.session?.login) return;
      await promised((done) => req.session.destroy(done));
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
