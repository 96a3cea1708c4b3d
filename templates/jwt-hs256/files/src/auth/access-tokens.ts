import { createSecretKey, type KeyObject, randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
import type { Config } from "../config.js";
import { claimsOf, headerEquals, readHeader, type Subject } from "./access-token-format.js";
import { createVerifiedTokens } from "./verified-tokens.js";

export type AccessTokens = ReturnType<typeof createAccessTokens>;

const HEADER = { alg: "HS256", typ: "at+jwt" } as const;

/**
 * Access tokens: JWTs in the shape of RFC 9068, signed with HMAC-SHA256. They lack its `client_id`: users sign in here
 * by themselves, and no client is registered.
 *
 * The secrets are made into key objects once: left as text, jsonwebtoken would make them anew for each check, which is
 * most of its cost.
 */
export function createAccessTokens(config: Config, now: () => Date) {
  const keys = config.JWT_SECRETS.map((secret) => createSecretKey(secret, "utf8"));
  const [signingKey] = keys as [KeyObject];
  const verified = createVerifiedTokens(now);

  return {
    async issue({ userId, loginId }: Subject): Promise<string> {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const claims = {
        iss: config.JWT_ISSUER,
        aud: config.JWT_AUDIENCE,
        sub: userId,
        sid: loginId,
        jti: randomUUID(),
        iat: issuedAt,
        exp: issuedAt + config.ACCESS_TOKEN_TTL,
      };
      return jwt.sign(claims, signingKey, { algorithm: HEADER.alg, header: HEADER });
    },

    /** @returns whom the token speaks for, or undefined where it is no valid token of this server */
    async verify(token: string): Promise<Subject | undefined> {
      const known = verified.find(token);
      if (known) return known;
      const header = readHeader(token);
      if (!header || !headerEquals(header, HEADER)) return undefined;
      for (const key of keys) {
        try {
          const claims = jwt.verify(token, key, {
            algorithms: [HEADER.alg],
            issuer: config.JWT_ISSUER,
            audience: config.JWT_AUDIENCE,
            clockTimestamp: Math.floor(now().getTime() / 1000),
          });
          const subject = claimsOf(claims);
          if (subject) verified.add(token, subject, Number(Object(claims).exp));
          return subject;
        } catch (error) {
          if (!(error instanceof jwt.JsonWebTokenError)) throw error;
        }
      }
      return undefined;
    },
  };
}
