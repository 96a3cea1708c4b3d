import { randomBytes } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Request } from "express";
import type { Config } from "../config.js";
import type { Database } from "../database/client.js";
import { logins } from "../database/schema.js";
import { Problem } from "../http/problem.js";
import { type Log, logEvent } from "../log.js";
import type { Auth } from "./authenticate.js";
import { invalidCredentials } from "./credentials.js";
import { digest } from "./digest.js";
import type { Logins } from "./logins.js";
import type { User, Users } from "./users.js";

/** A token is 16 bytes that name its family and stay, and 32 that change with every use. */
const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const SHAPE = /^[A-Za-z0-9_-]{64}$/;

/** A login that was just opened or renewed, with the only copy of its refresh token. */
export interface Renewed {
  readonly auth: Auth;
  readonly refreshToken: string;
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Refresh tokens, each good for one use (RFC 9700 4.14.2). A family of them is one row of `logins`. Using the newest
 * token swaps the row's secret in one statement, so of many parallel uses one wins. An older token proves that two
 * parties hold the family, and nobody can tell which is the thief: the row goes, and the newest token with it.
 */
export function createRefreshTokens(services: {
  config: Config;
  db: Database;
  users: Users;
  logins: Logins;
  log: Log;
  now: () => Date;
}) {
  const { config, db, users, log, now } = services;

  /** When a family ends unless it is used again: by REFRESH_IDLE_TTL, or at the latest by REFRESH_TOKEN_TTL. */
  const familyEnd = (createdAt: Date, at: Date): Date =>
    new Date(
      Math.min(
        at.getTime() + config.REFRESH_IDLE_TTL * 1000,
        createdAt.getTime() + config.REFRESH_TOKEN_TTL * 1000,
      ),
    );

  return {
    /** Opens a login for a user whose password was just checked. */
    async start(req: Request, user: User): Promise<Renewed> {
      const token = drawToken();
      const at = now();
      const loginId = await services.logins.open(user, {
        kind: "token",
        keyHash: token.familyHash,
        secretHash: token.secretHash,
        ip: req.ip ?? null,
        userAgent: req.get("User-Agent")?.slice(0, 256) ?? null,
        expiresAt: familyEnd(at, at),
      });
      if (!loginId) throw invalidCredentials();
      return { auth: { userId: user.id, loginId }, refreshToken: token.text };
    },

    /**
     * Uses up a refresh token.
     *
     * @returns the login with its next token
     * @throws {Problem} 401 where the token is no longer good; a replay ends its family first
     */
    async renew(req: Request, text: string | undefined): Promise<Renewed> {
      const token = readToken(text);
      const family = token && (await findFamily(token));
      const at = now();
      if (!token || !family || family.expiresAt <= at) throw invalidRefreshToken();
      if (!(await users.findActive(family.userId))) throw invalidRefreshToken();

      const next = drawToken(token.family);
      const [renewed] = await db
        .update(logins)
        .set({
          secretHash: next.secretHash,
          previousSecretHash: token.secretHash,
          rotatedAt: at,
          lastSeenAt: at,
          expiresAt: familyEnd(family.createdAt, at),
        })
        .where(and(eq(logins.id, family.id), eq(logins.secretHash, token.secretHash)))
        .returning();
      if (renewed) {
        return {
          auth: { userId: renewed.userId, loginId: renewed.id },
          refreshToken: next.text,
        };
      }
      await endReplayed(req, family.id, token);
      throw invalidRefreshToken();
    },

    /** The login that a refresh token belongs to: enough to end it, and used for nothing else. */
    async loginOf(text: string | undefined): Promise<string | undefined> {
      const token = readToken(text);
      return token && (await findFamily(token))?.id;
    },
  };

  async function findFamily(token: Token) {
    const [family] = await db.select().from(logins).where(eq(logins.keyHash, token.familyHash));
    return family;
  }

  /** Ends a family whose token came twice, but for one that lost a race with itself within REFRESH_LEEWAY. */
  async function endReplayed(req: Request, loginId: string, token: Token): Promise<void> {
    const raceStart = new Date(now().getTime() - config.REFRESH_LEEWAY * 1000);
    const lostRace = and(
      eq(logins.previousSecretHash, token.secretHash),
      gt(logins.rotatedAt, raceStart),
    );
    const [ended] = await db
      .delete(logins)
      .where(and(eq(logins.id, loginId), sql`(${lostRace}) IS NOT TRUE`))
      .returning();
    if (ended) logEvent(log, "token.reused", { userId: ended.userId, loginId, ip: req.ip });
  }
}

interface Token {
  readonly text: string;
  readonly family: Buffer;
  readonly familyHash: string;
  readonly secretHash: string;
}

function drawToken(family: Buffer = randomBytes(FAMILY_BYTES)): Token {
  return toToken(Buffer.concat([family, randomBytes(SECRET_BYTES)]));
}

function readToken(text: string | undefined): Token | undefined {
  return text !== undefined && SHAPE.test(text)
    ? toToken(Buffer.from(text, "base64url"))
    : undefined;
}

function toToken(bytes: Buffer): Token {
  const family = bytes.subarray(0, FAMILY_BYTES);
  return {
    text: bytes.toString("base64url"),
    family,
    familyHash: digest(family),
    secretHash: digest(bytes.subarray(FAMILY_BYTES)),
  };
}

function invalidRefreshToken(): Problem {
  return new Problem(401, "invalid_refresh_token", "The refresh token is not good any more.");
}
