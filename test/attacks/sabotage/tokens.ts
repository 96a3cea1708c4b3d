import { after, change, type Mutation } from './mutation.ts';

const TOKENS = 'src/auth/access-tokens.ts';
const REFRESH = 'src/auth/refresh-tokens.ts';

const both = { variant: 'both-es256' } as const;
const hs256 = { variant: 'jwt-hs256' } as const;
const eddsa = { variant: 'jwt-eddsa' } as const;

const HEADER_READ = 'const header = readHeader(token);';
const KEY_FOUND = 'const key = keys.publicKeys.get(kid);';
const ONLY_OURS = 'if (!key || !headerEquals(header, headerFor(kid))) return undefined;';

/** Claims that nobody has checked. */
const UNCHECKED =
  'claimsOf(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()))';

/** Spellings of `none`, each with what recognises it in a header that is `header`. */
const NONE = {
  'alg none is believed': 'header?.alg === "none"',
  'alg none in other letters is believed':
    'header?.alg !== "none" && /^none$/i.test(String(header?.alg))',
  'alg none with a space is believed': '/^(?: none|none )$/.test(String(header?.alg))',
  'an empty alg is believed': 'header?.alg === ""',
  'no alg is believed': 'header !== undefined && header.alg === undefined',
} as const;

/** What is taken out of tokens. */
export const tokenMutations: readonly Mutation[] = [
  ...Object.entries(NONE).map(([name, isNone]) => ({
    ...both,
    attack: 1,
    name,
    edits: [after(TOKENS, HEADER_READ, `if (${isNone}) return ${UNCHECKED};`)],
  })),
  {
    ...hs256,
    attack: 2,
    name: 'tokens are decoded, not verified',
    edits: [change(TOKENS, 'jwt.verify(token, key, {', 'jwt.decode(token, {')],
  },
  ...[both, eddsa].map((variant) => ({
    ...variant,
    attack: 3,
    name: 'the header chooses HMAC, with whatever key there is',
    edits: [
      change(
        TOKENS,
        'import { randomUUID } from "node:crypto";',
        'import { createHmac, createPublicKey, randomUUID } from "node:crypto";',
      ),
      after(
        TOKENS,
        HEADER_READ,
        `if (header?.alg === "HS256") {
          const publicKey = createPublicKey({ key: keys.publicJwks[0], format: "jwk" });
          const pem = publicKey.export({ type: "spki", format: "pem" });
          const [head, body, mac] = token.split(".");
          const expected = createHmac("sha256", pem).update(head + "." + body).digest("base64url");
          if (mac === expected) return ${UNCHECKED};
        }`,
      ),
    ],
  })),
  {
    ...hs256,
    attack: 4,
    name: 'an empty secret verifies too',
    edits: [change(TOKENS, 'config.JWT_SECRETS.map(', '[...config.JWT_SECRETS, ""].map(')],
  },
  {
    ...both,
    attack: 5,
    name: 'the key comes with the token',
    edits: [
      change(TOKENS, 'import { errors, jwtVerify', 'import { errors, importJWK, jwtVerify'),
      change(
        TOKENS,
        KEY_FOUND,
        'const key = header?.jwk ? await importJWK(header.jwk, ALGORITHM) : keys.publicKeys.get(kid);',
      ),
      change(TOKENS, ONLY_OURS, 'if (!key) return undefined;'),
    ],
  },
  {
    ...both,
    attack: 5,
    name: 'the key comes with the certificate in the token',
    edits: [
      change(
        TOKENS,
        'import { randomUUID } from "node:crypto";',
        'import { randomUUID, X509Certificate } from "node:crypto";',
      ),
      change(
        TOKENS,
        KEY_FOUND,
        `const key = header?.x5c
          ? new X509Certificate(Buffer.from(header.x5c[0], "base64")).publicKey
          : keys.publicKeys.get(kid);`,
      ),
      change(TOKENS, ONLY_OURS, 'if (!key) return undefined;'),
    ],
  },
  {
    ...both,
    attack: 6,
    name: 'the address of a key in a token is asked',
    edits: [
      after(
        TOKENS,
        HEADER_READ,
        'if (typeof header?.jku === "string") await fetch(header.jku).catch(() => {});',
      ),
    ],
  },
  {
    ...both,
    attack: 7,
    name: 'an unknown kid falls back to the current key',
    edits: [
      change(
        TOKENS,
        KEY_FOUND,
        'const key = keys.publicKeys.get(kid) ?? keys.publicKeys.get(keys.current.kid);',
      ),
    ],
  },
  {
    ...both,
    attack: 8,
    name: 'exp is not looked at',
    edits: [change(TOKENS, 'currentDate: now(),', 'currentDate: new Date(0),')],
  },
  {
    ...both,
    attack: 8,
    name: 'a token that was good once is good for ever',
    edits: [
      change(
        'src/auth/verified-tokens.ts',
        'if (!found || found.expiresAt > now().getTime()) return found?.subject;',
        'if (found) return found.subject;',
      ),
    ],
  },
  {
    ...both,
    attack: 9,
    name: 'aud is not looked at',
    edits: [change(TOKENS, 'audience: config.JWT_AUDIENCE,', '')],
  },
  {
    ...hs256,
    attack: 9,
    name: 'iss is not looked at',
    edits: [change(TOKENS, 'issuer: config.JWT_ISSUER,', '')],
  },
  {
    ...both,
    attack: 10,
    name: 'any type of token will do',
    edits: [
      change(
        TOKENS,
        '!headerEquals(header, headerFor(kid))',
        '!headerEquals({ ...header, typ: TYPE }, headerFor(kid))',
      ),
      change(TOKENS, 'typ: TYPE,\n          issuer', 'issuer'),
    ],
  },
  {
    ...hs256,
    attack: 11,
    name: 'any HMAC and any extension will do',
    edits: [
      change(TOKENS, '!headerEquals(header, HEADER)', 'header.typ !== HEADER.typ'),
      change(TOKENS, 'algorithms: [HEADER.alg],', 'algorithms: ["HS256", "HS384", "HS512"],'),
    ],
  },
  {
    ...both,
    attack: 12,
    name: 'the spelling of a token is left to the library',
    harmlessInHost: 'jsonwebtoken looks at the spelling itself',
    edits: [change('src/auth/access-token-format.ts', ' || !parts.every(isCanonical)', '')],
  },
  {
    ...hs256,
    attack: 13,
    name: 'a secret from a tutorial verifies too',
    edits: [change(TOKENS, 'config.JWT_SECRETS.map(', '[...config.JWT_SECRETS, "secret"].map(')],
  },
  {
    ...both,
    attack: 15,
    name: 'a token may stand in the address',
    edits: [
      change(
        'src/auth/bearer.ts',
        'const header = req.get("Authorization");',
        `const { access_token: queried } = req.query;
      const header = req.get("Authorization") ?? (queried ? "Bearer " + queried : undefined);`,
      ),
    ],
  },
  {
    ...both,
    attack: 16,
    name: 'a replay is refused, and its family lives on',
    edits: [change(REFRESH, 'await endReplayed(req, family.id, token);', '')],
  },
  // With SQLite in the process nothing waits between the look and the swap, so that no other request comes in between
  // them: what takes the condition out alone loses no race, and the wait stands for another store. On a PostgreSQL the
  // attack needs no such help (stores.ts).
  {
    ...both,
    attack: 17,
    name: 'looked up first and swapped later, with the way to a store between',
    edits: [
      after(
        REFRESH,
        'if (!(await users.findActive(family.userId))) throw invalidRefreshToken();',
        `if (family.secretHash !== token.secretHash) {
        await endReplayed(req, family.id, token);
        throw invalidRefreshToken();
      }
      await new Promise((resolve) => setTimeout(resolve, 20));`,
      ),
      change(
        REFRESH,
        'and(eq(logins.id, family.id), eq(logins.secretHash, token.secretHash))',
        'eq(logins.id, family.id)',
      ),
    ],
  },
  {
    ...both,
    attack: 18,
    name: 'signing out takes the cookie and leaves the login',
    edits: [change('src/auth/logout-routes.ts', 'await logins.end(loginId);', '')],
  },
  {
    ...both,
    attack: 19,
    name: 'each use puts the absolute expiry off',
    edits: [
      change(
        REFRESH,
        'createdAt.getTime() + config.REFRESH_TOKEN_TTL * 1000',
        'at.getTime() + config.REFRESH_TOKEN_TTL * 1000',
      ),
    ],
  },
  {
    ...both,
    attack: 20,
    name: 'credentials are stored as they are',
    edits: [
      change(
        'src/auth/digest.ts',
        'return hash("sha256", value, "base64url");',
        'return typeof value === "string" ? value : value.toString("base64url");',
      ),
    ],
  },
  {
    variant: 'session',
    attack: 20,
    name: 'the stored digest opens the session, too',
    edits: [
      change(
        'src/auth/session-store.ts',
        'const [row] = await this.#find.execute({ keyHash });',
        `const found = await this.#find.execute({ keyHash });
    const [row] = found.length > 0 ? found : await this.#find.execute({ keyHash: sid });`,
      ),
    ],
  },
  {
    ...both,
    attack: 20,
    name: 'the password is noted beside the login',
    edits: [
      change(
        REFRESH,
        'userAgent: req.get("User-Agent")?.slice(0, 256) ?? null,',
        'userAgent: "signed in with " + req.body.password,',
      ),
    ],
  },
];
