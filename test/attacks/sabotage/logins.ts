import { after, before, change, type Mutation } from './mutation.ts';

const SESSIONS = 'src/auth/sessions.ts';
const COOKIE = 'src/auth/session-cookie.ts';
const STORE = 'src/auth/session-store.ts';
const LIMITS = 'src/auth/failure-limits.ts';
const PASSWORDS = 'src/auth/passwords.ts';
const POLICY = 'src/auth/password-policy.ts';
const CREDENTIALS = 'src/auth/credentials.ts';

const both = { variant: 'both-es256' } as const;
const session = { variant: 'session' } as const;

/** Whoever asks is written down by the digest of the id, in a table that no host can have another name for. */
const REMEMBERED = `if (!open) {
      await this.#db.run(sql\`CREATE TABLE IF NOT EXISTS visitors (id TEXT)\`);
      await this.#db.run(sql\`INSERT INTO visitors VALUES (\${digest(sid)})\`);
      return undefined;
    }`;

/** What is taken out of sessions, passwords and their limits. */
export const loginMutations: readonly Mutation[] = [
  {
    ...both,
    attack: 14,
    name: 'a new password ends no login',
    edits: [
      change(
        'src/auth/users.ts',
        'and(eq(logins.userId, user.id), ne(logins.id, loginId), exists(changed))',
        'and(eq(logins.userId, user.id), eq(logins.id, ""), exists(changed))',
      ),
    ],
  },
  {
    ...both,
    attack: 14,
    name: 'closing an account ends no login, and tokens are not looked up',
    edits: [
      change('src/auth/users.ts', 'tx.delete(logins).where(eq(logins.userId, user.id)),', ''),
      change(
        'src/auth/bearer.ts',
        'const user = subject && (await logins.userOf(subject));\n      if (user) return { ...subject, user };',
        'if (subject) return { ...subject, user: { id: "", email: "", createdAt: new Date() } };',
      ),
    ],
  },
  {
    ...session,
    attack: 21,
    name: 'signing in keeps the id that the browser came with',
    edits: [
      change(
        SESSIONS,
        'await promised((done) => req.session.regenerate(done));',
        'await promised((done) => store.destroy(req.sessionID, done));',
      ),
    ],
  },
  {
    ...session,
    attack: 22,
    name: 'signing out takes the cookie and leaves the session',
    edits: [
      change('src/auth/logout-routes.ts', 'await logins.end(loginId);', ''),
      change(SESSIONS, 'else await promised((done) => store.destroy(id, done));', ''),
    ],
  },
  {
    ...session,
    attack: 23,
    name: 'the end of a session is not looked at',
    edits: [
      change(
        'src/auth/session-store.ts',
        'if (!row || row.login.expiresAt <= this.#now() || row.user.disabledAt) {',
        'if (!row) {',
      ),
    ],
  },
  {
    ...session,
    attack: 23,
    name: 'use puts the absolute expiry off',
    edits: [
      change(
        'src/auth/session-end.ts',
        'createdAt + config.SESSION_ABSOLUTE_TTL * 1000',
        'lastSeenAt + config.SESSION_ABSOLUTE_TTL * 1000',
      ),
    ],
  },
  {
    ...session,
    attack: 24,
    name: 'the signature of the cookie is not looked at',
    edits: [
      change(
        COOKIE,
        'const id = unsign(signed, secret);',
        'const id: string | false = secret && (signed.split(".")[0] ?? "");',
      ),
      change(COOKIE, 'import { unsign } from "cookie-signature";\n', ''),
    ],
  },
  {
    ...session,
    attack: 24,
    name: 'an id that is unknown is remembered',
    edits: [change(STORE, 'if (!open) return undefined;', REMEMBERED)],
  },
  {
    ...session,
    attack: 25,
    name: 'session ids of 64 bits',
    edits: [
      change(
        SESSIONS,
        'randomBytes(32).toString("base64url")',
        'randomBytes(8).toString("hex").padStart(43, "A")',
      ),
    ],
  },
  {
    ...session,
    attack: 26,
    name: 'the session cookie outlives the browser',
    edits: [
      change(
        SESSIONS,
        'cookie: { ...cookie.options, sameSite: "strict" },',
        'cookie: { ...cookie.options, sameSite: "strict", maxAge: 86_400_000 },',
      ),
    ],
  },
  {
    ...both,
    attack: 26,
    name: 'the refresh cookie outlives its token',
    edits: [
      change(
        'src/auth/refresh-cookie.ts',
        'maxAge: config.REFRESH_IDLE_TTL * 1000',
        'maxAge: config.REFRESH_IDLE_TTL * 10_000',
      ),
    ],
  },
  {
    ...both,
    attack: 26,
    name: 'cookies are shared out among frames',
    edits: [
      change('src/security/cookies.ts', 'httpOnly: true,', 'httpOnly: true, partitioned: true,'),
    ],
  },
  {
    ...session,
    attack: 26,
    name: 'a cookie is taken back in a way that no browser obeys',
    edits: [
      change(
        SESSIONS,
        'res.clearCookie(cookie.name, cookie.options);',
        'res.clearCookie(cookie.name);',
      ),
    ],
  },
  {
    ...session,
    attack: 27,
    name: 'every visitor gets a session',
    edits: [
      change(SESSIONS, 'saveUninitialized: false', 'saveUninitialized: true'),
      change(
        SESSIONS,
        'if (error || req.session.login?.id === getAuth(req).loginId) return next(error);',
        'if (error || req.session.id) return next(error);',
      ),
      change(
        'src/app.ts',
        'app.use("/auth", auth.router);',
        'app.use(auth.session);\n  app.use("/auth", auth.router);',
      ),
    ],
  },
  {
    ...session,
    attack: 27,
    name: 'every visitor gets a row, and no cookie',
    edits: [
      change(STORE, 'if (!open) return undefined;', REMEMBERED),
      change(
        SESSIONS,
        'return id === undefined ? undefined : store.use(id);',
        'return store.use(id ?? randomBytes(32).toString("base64url"));',
      ),
    ],
  },
  {
    ...both,
    attack: 44,
    name: "the email and the service's name may be in the password",
    edits: [change(POLICY, 'if (guessable) {', 'if (false) {')],
  },
  {
    ...both,
    attack: 44,
    name: 'a digit makes a common password another one',
    edits: [
      change(
        'src/auth/guessed-first.ts',
        '!(common.has(repeatedUnit(word)) || isPattern(word))',
        '!isPattern(word)',
      ),
    ],
  },
  {
    ...session,
    attack: 44,
    name: 'common passwords are taken',
    edits: [change(POLICY, 'if (reason) throw refused("password_common", reason);', '')],
  },
  {
    ...both,
    attack: 45,
    name: 'a digit is asked for',
    edits: [
      after(
        POLICY,
        'const folded = password.toLowerCase();',
        'if (!/\\d/.test(password)) throw refused("password_simple", "Use a digit, too.");',
      ),
    ],
  },
  {
    ...both,
    attack: 49,
    name: 'no limit for one account',
    edits: [change(LIMITS, 'PER_ACCOUNT = 10', 'PER_ACCOUNT = 1000')],
  },
  {
    ...both,
    attack: 49,
    name: 'failures are counted after the try',
    edits: [
      change(
        LIMITS,
        'await consume(account, keys.account);',
        `const seen = await account.get(keys.account);
      if (seen && seen.consumedPoints >= PER_ACCOUNT) {
        throw comeBackLater(429, "too_many_failures", "Too many failures.", seen.msBeforeNext);
      }`,
      ),
      before(
        LIMITS,
        '/** The try was not made after all. */',
        `async failed() {
          await account.consume(keys.account).catch(() => {});
        },
        `,
      ),
      before(CREDENTIALS, 'logEvent(log, "login.failed"', 'await attempt.failed();\n    '),
    ],
  },
  {
    ...both,
    attack: 50,
    name: 'every proxy is trusted',
    edits: [
      change(
        'src/app.ts',
        'app.set("trust proxy", config.TRUST_PROXY);',
        'app.set("trust proxy", true);',
      ),
    ],
  },
  {
    ...session,
    attack: 50,
    name: 'each spelling of an email is counted by itself',
    edits: [change(LIMITS, 'digest(emailKey(email))', 'digest(email)')],
  },
  {
    ...both,
    attack: 51,
    name: 'no limit for one address',
    edits: [change(LIMITS, 'PER_ADDRESS = 50', 'PER_ADDRESS = 5000')],
  },
  {
    ...both,
    attack: 52,
    name: 'a lock of a day',
    edits: [change(LIMITS, 'WINDOW_SECONDS = 15 * 60', 'WINDOW_SECONDS = 24 * 60 * 60')],
  },
  {
    ...both,
    attack: 52,
    name: 'a lock never ends, whatever it says',
    edits: [change(LIMITS, 'duration: windowSeconds,', 'duration: 0,')],
  },
  {
    ...both,
    attack: 53,
    name: 'an unknown email is told',
    edits: [
      change(
        CREDENTIALS,
        'if (!user || !matches) throw invalidCredentials();',
        'if (!user) throw new Problem(401, "unknown_user", "There is no such user.");\n      if (!matches) throw invalidCredentials();',
      ),
    ],
  },
  {
    ...both,
    attack: 53,
    name: 'only accounts that exist are locked',
    edits: [
      change(
        LIMITS,
        'await consume(account, keys.account);',
        'if (known) await consume(account, keys.account);',
      ),
      change(
        LIMITS,
        'async beforeTry(email: string, ip: string) {',
        'async beforeTry(email: string, ip: string, known = true) {',
      ),
      change(
        CREDENTIALS,
        'limits.beforeTry(email, ip)',
        'limits.beforeTry(email, ip, user !== undefined)',
      ),
    ],
  },
  {
    ...both,
    attack: 53,
    name: 'a lock says more where there is an account',
    edits: [
      change(
        CREDENTIALS,
        'if (error instanceof Problem) logEvent(log, "login.limited", { userId: user?.id, ip });',
        'if (user && error instanceof Problem) throw new Problem(429, error.code, "Your account is locked.", error.extra);',
      ),
    ],
  },
  {
    ...both,
    attack: 53,
    name: 'a lock lasts longer where there is an account',
    edits: [
      change(
        CREDENTIALS,
        'if (error instanceof Problem) logEvent(log, "login.limited", { userId: user?.id, ip });',
        'if (user && error instanceof Problem) throw new Problem(429, error.code, error.detail, { headers: { "Retry-After": "910" } });',
      ),
    ],
  },
  {
    ...both,
    attack: 53,
    name: 'a closed account is told, where it signs in for tokens',
    edits: [
      change(
        CREDENTIALS,
        'if (!user || !matches) throw invalidCredentials();',
        'if (user?.disabledAt && req.path === "/token") throw new Problem(401, "closed", "The account is closed.");\n      if (!user || !matches) throw invalidCredentials();',
      ),
    ],
  },
  {
    ...both,
    attack: 54,
    name: 'no work for an unknown email',
    edits: [
      change(
        PASSWORDS,
        'const against = stored ?? nobody;',
        'if (stored === undefined) return false;\n        const against = stored;',
      ),
    ],
  },
  {
    ...both,
    attack: 54,
    name: 'half the work for an unknown email',
    edits: [
      change(
        PASSWORDS,
        'await current.hash(randomBytes(32).toString("base64url"));',
        '(await current.hash(randomBytes(32).toString("base64url"))).replace(/(?<=i=)\\d+/, (cost) => String(Number(cost) / 2));',
      ),
    ],
  },
];
