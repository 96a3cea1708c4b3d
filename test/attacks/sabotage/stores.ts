import { after, change, type Mutation } from './mutation.ts';

const LOGINS = 'src/auth/logins.ts';
const OPEN_LOGINS = 'src/auth/open-logins.ts';
const REFRESH = 'src/auth/refresh-tokens.ts';
const USERS = 'src/auth/users.ts';

const servers = { variant: 'both-servers' } as const;

/** What ends in the table and goes on in Redis, and what PostgreSQL would keep apart. */
export const storeMutations: readonly Mutation[] = [
  {
    ...servers,
    attack: 14,
    name: 'a new password ends logins in the table, and not in Redis',
    edits: [
      change(
        USERS,
        `await openLogins.forgetAll(
        and(eq(logins.userId, user.id), ne(logins.id, loginId), exists(checked), exists(login)),
      );`,
        '',
      ),
      change(USERS, 'await openLogins.forget(ended);\n      return rows', 'return rows'),
    ],
  },
  {
    ...servers,
    attack: 14,
    name: 'closing an account ends logins in the table, and not in Redis',
    edits: [
      change(USERS, 'await openLogins.forgetAll(eq(logins.userId, user.id));', ''),
      change(USERS, 'await openLogins.forget(ended);\n      return true', 'return true'),
    ],
  },
  {
    ...servers,
    attack: 16,
    name: 'a replay ends its family in the table, and not in Redis',
    edits: [change(REFRESH, 'if (ended) await openLogins.forget([ended]);', '')],
  },
  {
    ...servers,
    attack: 17,
    name: 'looked up first and swapped later',
    edits: [
      after(
        REFRESH,
        'if (!user) throw invalidRefreshToken();',
        `if (family.secretHash !== token.secretHash) {
        await endReplayed(req, family.id, token);
        throw invalidRefreshToken();
      }`,
      ),
      change(
        REFRESH,
        'and(eq(logins.id, family.id), eq(logins.secretHash, token.secretHash))',
        'eq(logins.id, family.id)',
      ),
    ],
  },
  {
    ...servers,
    attack: 18,
    name: 'signing out everywhere ends logins in the table, and not in Redis',
    edits: [
      change(LOGINS, 'await openLogins.forgetAll(own);\n      // Such', '// Such'),
      change(
        LOGINS,
        'await openLogins.forget(await db.delete(logins).where(own).returning(ENDED));',
        'await db.delete(logins).where(own);',
      ),
    ],
  },
  {
    ...servers,
    attack: 20,
    name: 'credentials are stored as they are, in Redis too',
    edits: [
      change(
        'src/auth/digest.ts',
        'return hash("sha256", value, "base64url");',
        'return typeof value === "string" ? value : value.toString("base64url");',
      ),
    ],
  },
  {
    ...servers,
    attack: 22,
    name: 'signing out ends the session in the table, and not in Redis',
    edits: [
      change(LOGINS, 'await openLogins.forgetAll(eq(logins.id, id));', ''),
      change(
        'src/auth/session-store.ts',
        'await this.#logins.forgetSession(key);\n    await this.#db.delete',
        'await this.#db.delete',
      ),
    ],
  },
  {
    ...servers,
    attack: 23,
    name: 'nobody looks at the end of a session, nor does Redis',
    edits: [
      change(OPEN_LOGINS, 'if (expiresAt <= at) return undefined;', ''),
      change(OPEN_LOGINS, 'expiration: { type: "PXAT", value: expiresAt.getTime() },', ''),
    ],
  },
  {
    ...servers,
    attack: 49,
    name: 'failures are read from Redis first, and counted later',
    edits: [
      change(
        'src/auth/limiters.ts',
        'count((limiter) => limiter.consume(key))',
        `count(async (limiter) => {
        const seen = await limiter.get(key);
        // As long as a Redis may take that is not on the same machine.
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (seen && seen.remainingPoints <= 0) throw seen;
        return limiter.penalty(key);
      })`,
      ),
    ],
  },
];
