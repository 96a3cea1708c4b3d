import { type Defence, defencesOf } from './defence.ts';

const CHEAP = 'stolen passwords are cheaper to guess';

/** The lines in `src/auth` whose loss can be told from outside the code to weaken it. */
export const AUTH_DEFENCES: readonly Defence[] = [
  ...defencesOf('src/auth/auth.ts', [
    [
      'res.set("Cache-Control", "no-store")',
      'caches keep answers about logins',
      'ASVS v5.0.0-14.3.2',
    ],
  ]),
  ...defencesOf('src/auth/access-tokens.ts', [
    [
      'const header = readHeader(token); if (!header',
      'a token is believed before it is verified',
      'ASVS v5.0.0-9.1.1',
    ],
    [
      'const header = readHeader(token); const kid = header?.kid',
      'a token is believed before it is verified',
      'ASVS v5.0.0-9.1.1',
    ],
    ['keys.publicKeys.get(kid); if (!key', 'an unknown key falls back to another', 'RFC 8725 3.10'],
    ['= config.JWT_SECRETS.map(', 'other secrets than yours verify tokens', 'RFC 8725 3.5'],
    ['jwt.verify(token, key, {', 'tokens are not verified', 'ASVS v5.0.0-9.1.1'],
    ['jwtVerify(token, key, {', 'tokens are not verified', 'ASVS v5.0.0-9.1.1'],
    ['algorithms: [HEADER.alg]', 'the token chooses its algorithm', 'ASVS v5.0.0-9.1.2'],
    ['algorithms: [ALGORITHM]', 'the token chooses its algorithm', 'ASVS v5.0.0-9.1.2'],
    ['audience: config.JWT_AUDIENCE', 'tokens for others are taken', 'ASVS v5.0.0-9.2.3'],
    ['issuer: config.JWT_ISSUER', 'tokens of others are taken', 'RFC 8725 3.8'],
    ['typ: TYPE,', 'other kinds of tokens are taken', 'ASVS v5.0.0-9.2.2'],
    [
      'if (!header || !headerEquals(header, HEADER)) return undefined',
      'a token’s header may say anything',
      'ASVS v5.0.0-9.1.3',
    ],
    [
      'if (!key || !headerEquals(header, headerFor(kid))) return undefined; try {',
      'a token’s header may say anything',
      'ASVS v5.0.0-9.1.3',
    ],
    ['currentDate: now()', 'expired tokens are taken', 'ASVS v5.0.0-9.2.1'],
    [
      'clockTimestamp: Math.floor(now().getTime() / 1000)',
      'expired tokens are taken',
      'ASVS v5.0.0-9.2.1',
    ],
  ]),
  ...defencesOf('src/auth/access-token-format.ts', [
    ['parts.every(isCanonical)', 'one token has many spellings', 'RFC 7515 2, 7.1'],
  ]),
  ...defencesOf('src/auth/bearer.ts', [
    [
      'const header = req.get("Authorization"); if (header === undefined',
      'tokens may stand in addresses, and so in logs',
      'ASVS v5.0.0-14.2.1',
    ],
    ['(await logins.userOf(subject))', 'tokens of ended logins are taken', 'ASVS v5.0.0-7.4.1'],
  ]),
  ...defencesOf('src/auth/verified-tokens.ts', [
    [
      'if (!found || found.expiresAt > now().getTime()) return found?.subject',
      'expired tokens are taken',
      'ASVS v5.0.0-9.2.1',
    ],
  ]),
  ...defencesOf('src/auth/refresh-tokens.ts', [
    ['secretHash: digest(', 'a stolen table holds usable logins', 'RFC 6819 5.1.4.1.3'],
    [
      'await endReplayed(req, family.id, token)',
      'a stolen refresh token lives on',
      'RFC 9700 4.14.2',
    ],
    [
      'and(eq(logins.id, family.id), eq(logins.secretHash, token.secretHash))',
      'a refresh token works more than once',
      'ASVS v5.0.0-15.4.2',
    ],
    ['family.expiresAt <= at', 'refresh tokens do not expire', 'ASVS v5.0.0-10.4.8'],
    [
      'createdAt.getTime() + config.REFRESH_TOKEN_TTL * 1000',
      'a login that is used never ends',
      'ASVS v5.0.0-10.4.8',
    ],
  ]),
  ...defencesOf('src/auth/sessions.ts', [
    [
      '{ ...cookie.options, sameSite: "strict" }',
      'the session cookie is not as strict as it was',
      'ASVS v5.0.0-3.3.2',
    ],
    [
      'res.clearCookie(cookie.name, cookie.options)',
      'signing out leaves the cookie',
      'ASVS v5.0.0-7.4.1',
    ],
    ['saveUninitialized: false', 'every visitor fills the store', 'ASVS v5.0.0-15.2.2'],
    ['req.session.regenerate(', 'a session id that was planted is kept', 'ASVS v5.0.0-7.2.4'],
  ]),
  ...defencesOf('src/auth/session-store.ts', [
    ['if (!open) return undefined', 'unknown sessions are kept', 'ASVS v5.0.0-7.2.1'],
    [
      '[row] = await this.#find.execute({',
      'a stolen table holds usable logins',
      'RFC 6819 5.1.4.1.3',
    ],
    ['row.login.expiresAt <= this.#now()', 'sessions do not expire', 'ASVS v5.0.0-7.3.1, 7.3.2'],
    ['row.user.disabledAt', 'sessions of closed accounts live on', 'ASVS v5.0.0-7.4.2'],
  ]),
  ...defencesOf('src/auth/session-end.ts', [
    [
      'createdAt + config.SESSION_ABSOLUTE_TTL * 1000',
      'a session that is used never ends',
      'ASVS v5.0.0-7.3.2',
    ],
  ]),
  ...defencesOf('src/auth/session-cookie.ts', [
    ['unsign(signed, secret)', 'whatever a cookie holds is taken', 'ASVS v5.0.0-7.2.1'],
  ]),
  ...defencesOf('src/auth/digest.ts', [
    [
      'hash("sha256", value, "base64url")',
      'a stolen table holds usable logins',
      'RFC 6819 5.1.4.1.3',
    ],
  ]),
  ...defencesOf('src/auth/logout-routes.ts', [
    ['refreshTokens.loginOf(', 'signing out leaves the login open', 'ASVS v5.0.0-7.4.1'],
    ['await logins.end(loginId)', 'signing out leaves the login open', 'ASVS v5.0.0-7.4.1'],
  ]),
  ...defencesOf('src/auth/credentials.ts', [
    ['await limits.beforeTry(email, ip)', 'guessing has no limit', 'ASVS v5.0.0-6.3.1'],
    [
      'tryPassword(req, email, user, password); if (!user || !matches) throw invalidCredentials()',
      'an answer tells whether an email is registered',
      'ASVS v5.0.0-6.3.8',
    ],
    ['!user?.disabledAt', 'closed accounts may sign in', 'ASVS v5.0.0-7.4.2'],
    [
      'newAccount = z.strictObject({ email: z.email().max(254), password: z.string()',
      'a registration may hold anything',
      'ASVS v5.0.0-15.3.5',
    ],
  ]),
  ...defencesOf('src/auth/users.ts', [
    [
      'and(eq(logins.userId, user.id), ne(logins.id, loginId), exists(changed))',
      'a new password ends no other login',
      'ASVS v5.0.0-7.4.3',
    ],
    [
      'tx.delete(logins).where(eq(logins.userId, user.id))',
      'closing an account ends no login',
      'ASVS v5.0.0-7.4.2',
    ],
    [
      'and(eq(users.id, user.id), isAsChecked, exists(login))',
      'a login that was ended can still change the password',
      'ASVS v5.0.0-7.4.1',
    ],
  ]),
  ...defencesOf('src/auth/work-queue.ts', [
    [
      'waiting.length >= limits.waiting ||',
      'any number of sign-ins may wait',
      'ASVS v5.0.0-15.2.2',
    ],
    [
      'if (running >= limits.atOnce) { if (isFull(client)) {',
      'any number of sign-ins is worked on at once',
      'ASVS v5.0.0-15.2.2',
    ],
    [
      '(client !== undefined &&',
      'one client can keep all others from signing in',
      'ASVS v5.0.0-15.2.2',
    ],
    [
      'waiting.filter((other) => other.client === client).length >= limits.waitingEach',
      'one client can keep all others from signing in',
      'ASVS v5.0.0-15.2.2',
    ],
  ]),
  ...defencesOf('src/auth/failure-limits.ts', [
    ['duration: windowSeconds', 'guesses are forgotten, or lock for long', 'ASVS v5.0.0-6.1.1'],
    ['await consume(address, keys.address)', 'no limit for one address', 'ASVS v5.0.0-6.3.1'],
    ['await consume(account, keys.account)', 'no limit for one account', 'ASVS v5.0.0-6.3.1'],
    [
      'await consume(taken, key)',
      'which emails are taken can be asked without end',
      'ASVS v5.0.0-6.3.8',
    ],
    ['digest(emailKey(email))', 'each spelling of an email counts by itself', 'ASVS v5.0.0-6.3.1'],
  ]),
  ...defencesOf('src/auth/limiters.ts', [
    ['limiter.consume(key)', 'guesses at the same time are not all counted', 'ASVS v5.0.0-15.4.2'],
    [
      'new RateLimiterRedis(',
      'each server counts guesses by itself, and forgets them with a restart',
      'ASVS v5.0.0-6.3.1',
    ],
    ['throw error', 'a limit that is reached holds nobody', 'ASVS v5.0.0-6.3.1'],
    ['return run(own)', 'while Redis is away guessing has no limit', 'ASVS v5.0.0-6.3.1'],
  ]),
  ...defencesOf('src/auth/passwords.ts', [
    [
      'nobody = await current.hash(',
      'the time of an answer tells whether an email is registered',
      'ASVS v5.0.0-6.3.8',
    ],
    [
      'return password.normalize("NFC") }',
      'passwords are cut, or changed, before they are hashed',
      'ASVS v5.0.0-6.2.8',
    ],
    [
      '!(current.recognises(stored) && current.isCurrent(stored))',
      'weaker hashes of before stay',
      'ASVS v5.0.0-11.4.2',
    ],
    [
      'const against = stored ?? nobody',
      'the time of an answer tells whether an email is registered',
      'ASVS v5.0.0-6.3.8',
    ],
    [
      'return matches && stored !== undefined',
      'an unknown email may sign in',
      'ASVS v5.0.0-16.5.3',
    ],
  ]),
  ...defencesOf('src/auth/password-policy.ts', [
    ['Buffer.byteLength(password) > MAX_BYTES', 'long passwords are cut', 'ASVS v5.0.0-6.2.8'],
    [
      'const length = [...password].length',
      'length is not counted in characters',
      'NIST SP 800-63B-4 3.1.1.2',
    ],
    ['if (length > MAX_LENGTH) {', 'passwords have no longest length', 'ASVS v5.0.0-6.2.9'],
    ['if (guessable) {', 'passwords made of the email are taken', 'ASVS v5.0.0-6.2.11'],
    [
      'if (reason) throw refused("password_common", reason)',
      'common passwords are taken',
      'ASVS v5.0.0-6.2.4',
    ],
  ]),
  ...defencesOf('src/auth/guessed-first.ts', [
    ['if (common.has(password)) return', 'common passwords are taken', 'ASVS v5.0.0-6.2.4'],
    ['common.has(repeatedUnit(word))', 'common passwords are taken', 'ASVS v5.0.0-6.2.4'],
  ]),
  ...['src/auth/pbkdf2.ts', 'src/auth/scrypt.ts'].flatMap((file) =>
    defencesOf(file, [
      ['const salt = randomBytes(SALT_BYTES)', 'hashes share a salt', 'ASVS v5.0.0-11.4.2'],
    ]),
  ),
  // A cost of its own in numbers.ts is worth nothing where it is not used.
  ...defencesOf('src/auth/argon2id.ts', [
    ['= ARGON2ID_COST)', CHEAP, 'ASVS v5.0.0-11.4.2'],
    ['=> verify(stored, password)', 'a wrong password may sign in', 'ASVS v5.0.0-16.5.3'],
  ]),
  ...Object.entries({
    bcrypt: 'BCRYPT_COST',
    scrypt: 'SCRYPT_COST',
    pbkdf2: 'PBKDF2_ITERATIONS',
  }).flatMap(([file, cost]) =>
    defencesOf(`src/auth/${file}.ts`, [
      [`= ${cost})`, CHEAP, 'ASVS v5.0.0-11.4.2'],
      [
        'return matches && takes(password)',
        'a wrong password may sign in, or two passwords are one',
        'ASVS v5.0.0-6.2.8',
      ],
      ['!password.includes("\\0")', 'a NUL makes two passwords one', 'ASVS v5.0.0-6.2.8'],
    ]),
  ),
  ...defencesOf('src/auth/bcrypt.ts', [
    ['Buffer.byteLength(password) <= 72', 'long passwords are cut', 'ASVS v5.0.0-6.2.8'],
  ]),
  ...['logins', 'refresh-tokens', 'users'].flatMap((file) =>
    defencesOf(`src/auth/${file}.ts`, [
      ['await openLogins.', 'Redis may let in whose login has ended', 'ASVS v5.0.0-7.4.1'],
    ]),
  ),
  ...[
    'account-routes',
    'credentials',
    'logout-routes',
    'refresh-tokens',
    'session-routes',
    'token-routes',
  ].flatMap((file) =>
    defencesOf(`src/auth/${file}.ts`, [
      ['logEvent(log,', 'something about logins is not logged', 'ASVS v5.0.0-16.3.1'],
    ]),
  ),
  ...defencesOf('src/auth/refresh-cookie.ts', [
    [
      'maxAge: config.REFRESH_IDLE_TTL * 1000',
      'the refresh cookie outlives its token',
      'ASVS v5.0.0-7.3.1',
    ],
  ]),
  ...defencesOf('src/auth/open-logins.ts', [
    ['if (expiresAt <= at) return', 'logins in Redis do not expire', 'ASVS v5.0.0-7.3.1, 7.3.2'],
  ]),
  ...defencesOf('src/auth/token-routes.ts', [
    ['.route("/refresh").post(', 'refreshing takes other methods', 'ASVS v5.0.0-3.5.3'],
  ]),
  ...defencesOf('src/auth/signing-keys.ts', [
    ['z.string("is missing', 'a missing key is made up', 'ASVS v5.0.0-13.3.1'],
    [
      'if (known.length === keys.length) return known',
      'what is no key is taken',
      'ASVS v5.0.0-11.2.3',
    ],
    ['.refine((jwk) =>', 'keys that are printed or do not work are taken', 'ASVS v5.0.0-11.2.3'],
  ]),
];
