import { createSecretKey, type KeyObject, randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
import type { Config } from "../config.js";
import { type AccessTokens, claimsOf, readHeader, saysOnly } from "./access-token-format.js";
import type { Auth } from "./authenticate.js";
import { createVerifiedTokens } from "./verified-tokens.js";

const HEADER = { alg: "HS256", typ: "at+jwt" } as const;

/**
 * Access tokens: JWTs in the shape of RFC 9068, signed with HMAC-SHA256. They lack its `client_id`: users sign in here
 * by themselves, and no client is registered.
 *
 * The secrets are made into key objects once: left as text, jsonwebtoken would make them anew for each check, which is
 * most of its cost.
 */
export function createAccessTokens(config: Config, now: () => Date): AccessTokens {
  const keys = config.JWT_SECRETS.map((secret) => createSecretKey(secret, "utf8"));
  const [signingKey] = keys as [KeyObject];
  const verified = createVerifiedTokens(now);

  return {
    async issue({ userId, loginId }: Auth): Promise<string> {
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

    async verify(token: string): Promise<Auth | undefined> {
      const known = verified.find(token);
      if (known) return known;
      const header = readHeader(token);
      if (!header || !saysOnly(header, HEADER)) return undefined;
      for (const key of keys) {
        try {
          const claims = jwt.verify(token, key, {
            algorithms: [HEADER.alg],
            issuer: config.JWT_ISSUER,
            audience: config.JWT_AUDIENCE,
            clockTimestamp: Math.floor(now().getTime() / 1000),
          });
          const auth = claimsOf(claims);
          if (auth) verified.add(token, auth, Number(Object(claims).exp));
          return auth;
        } catch (error) {
          if (!(error instanceof jwt.JsonWebTokenError)) throw error;
        }
      }
      return undefined;
    },
  };
}
