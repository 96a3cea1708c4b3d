/** A line of the generated code that a defence hangs on: where it stood when it was made, it must still stand. */
export interface Defence {
  readonly file: string;
  readonly code: string;
  /** What is so without it. */
  readonly without: string;
  readonly requirement: string;
}

/**
 * Lines whose loss can be told from outside the code to weaken it. A project has those that its answers chose: each is
 * looked for in the file as it was made first, and only then in the file as it is. Lines that hang on their numbers
 * stand in numbers.ts.
 */
export const DEFENCES: readonly Defence[] = [
  // The second is what a module in an app of others has in its place.
  ...['src/app.ts', 'src/index.ts'].flatMap((file) =>
    of(file, [
      [
        'app.use(securityHeaders()) … auth.router)',
        'answers carry no security headers',
        'ASVS v5.0.0-3.4',
      ],
      [
        'app.use(csrf(log, isAllowedOrigin)) … auth.router)',
        'other sites may act as a user',
        'ASVS v5.0.0-3.5.1',
      ],
      ['app.use(csrf(log)) … auth.router)', 'other sites may act as a user', 'ASVS v5.0.0-3.5.1'],
      [
        'app.use(jsonBody) … auth.router)',
        'bodies have no limit, or forms are read',
        'ASVS v5.0.0-3.5.2',
      ],
    ]),
  ),
  ...of('src/index.ts', [
    [
      'guard.use(csrf(log, isAllowedOrigin)) … auth.requireAuth)',
      'other sites may act as a user on your routes',
      'ASVS v5.0.0-3.5.1',
    ],
    [
      'guard.use(csrf(log)) … auth.requireAuth)',
      'other sites may act as a user on your routes',
      'ASVS v5.0.0-3.5.1',
    ],
    ['guard.use(auth.requireAuth)', 'your routes are open to all', 'ASVS v5.0.0-8.3.1'],
    ['app.use(problems)', 'errors tell what went wrong inside', 'ASVS v5.0.0-16.5.1'],
    [
      'name === "development" || name === "test" ? name : "production"',
      'a forgotten setting means development',
      'ASVS v5.0.0-13.4.2',
    ],
  ]),
  ...of('src/app.ts', [
    [
      'app.set("trust proxy", config.TRUST_PROXY)',
      'clients may choose their own address',
      'ASVS v5.0.0-4.1.3',
    ],
    ['app.disable("x-powered-by")', 'answers tell what the server runs on', 'ASVS v5.0.0-13.4.6'],
    [
      'app.use(errorHandler(log, auth.challenges))',
      'errors tell what went wrong inside',
      'ASVS v5.0.0-16.5.1',
    ],
  ]),
  ...of('src/security/cors.ts', [
    [
      '.replace(/\\./g, "\\\\.")',
      'the dots of a pattern stand for any character',
      'ASVS v5.0.0-3.4.2',
    ],
    ['allowedHeaders: [', 'every header that is asked for is allowed', 'Fetch: CORS protocol'],
    [
      'exact.has(origin) || patterns.some((pattern) => pattern.test(origin))',
      'origins that were not chosen may read answers',
      'ASVS v5.0.0-3.4.2',
    ],
    [
      'return (origin) => exact.has(origin)',
      'origins that were not chosen may read answers',
      'ASVS v5.0.0-3.4.2',
    ],
    [
      'decide(null, origin !== undefined && isAllowedOrigin(origin))',
      'every origin may read answers',
      'ASVS v5.0.0-3.4.2',
    ],
    [
      'res.vary("Origin")',
      'a cache may hand out one origin’s answer to another',
      'Fetch: CORS protocol and HTTP caches',
    ],
  ]),
  ...of('src/security/csrf.ts', [
    [
      'next) => { if (SAFE_METHODS.has(req.method)) return next(); const',
      'nobody looks where a request comes from',
      'ASVS v5.0.0-3.5.1',
    ],
    [
      'SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"])',
      'unsafe methods pass',
      'ASVS v5.0.0-3.5.3',
    ],
    [
      'if (site === "same-origin" || site === "none") return next()',
      'requests of other sites pass',
      'ASVS v5.0.0-3.5.1',
    ],
    [
      'if (site === "same-origin" || site === "none" || allowed) return next()',
      'requests of other sites pass',
      'ASVS v5.0.0-3.5.1',
    ],
    [
      '(origin === undefined || isOwnOrigin(req, origin))',
      'in old browsers, requests of other sites pass',
      'ASVS v5.0.0-3.5.1',
    ],
    [
      'throw new Problem(403, "cross_site_request"',
      'requests of other sites pass',
      'ASVS v5.0.0-3.5.1',
    ],
  ]),
  ...of('src/security/cookies.ts', [
    ['httpOnly: true', 'scripts may read the cookies', 'ASVS v5.0.0-3.3.4'],
    ['sameSite: "strict"', 'other sites may send the cookies', 'ASVS v5.0.0-3.3.2'],
    [
      'const secure = config.NODE_ENV === "production"',
      'cookies may travel over plain http',
      'ASVS v5.0.0-3.3.1',
    ],
    ['secure ? `__Host-', 'a sibling host may set the cookies', 'ASVS v5.0.0-3.3.3'],
  ]),
  ...of(
    'src/security/headers.ts',
    [
      'defaultSrc: ["\'none\'"]',
      'scriptSrc: ["\'self\'"]',
      'baseUri: ["\'none\'"]',
      'objectSrc: ["\'none\'"]',
      'formAction: ["\'none\'"]',
      'formAction: ["\'self\'"]',
      'frameAncestors: ["\'none\'"]',
      'frameAncestors: ["\'self\'"]',
      'strictTransportSecurity: { maxAge: HSTS_MAX_AGE, includeSubDomains: true }',
      'xFrameOptions: { action: "deny" }',
      'xFrameOptions: { action: "sameorigin" }',
      'referrerPolicy: { policy: "no-referrer" }',
      'crossOriginEmbedderPolicy: { policy: "require-corp" }',
      'crossOriginEmbedderPolicy: { policy: "credentialless" }',
      'crossOriginOpenerPolicy: { policy: "same-origin" }',
      'crossOriginResourcePolicy: { policy: "same-origin" }',
      '"Permissions-Policy":',
      'res.setHeader("Permissions-Policy", PERMISSIONS_POLICY)',
    ].map((code) => [code, 'a security header is weaker or gone', 'ASVS v5.0.0-3.4'] as const),
  ),
  ...of('src/security/secrets.ts', [
    ['if (fault) context.addIssue(', 'any secret is taken', 'ASVS v5.0.0-11.2.3'],
    [
      'if (PLACEHOLDER.test(secret)) return',
      'secrets of tutorials are taken',
      'ASVS v5.0.0-11.5.1',
    ],
  ]),
  ...of('src/config.ts', [
    ['.default("production")', 'a forgotten setting means development', 'ASVS v5.0.0-13.4.2'],
    [
      'CORS_ORIGINS.every(isConfidential)',
      'http origins are taken in production',
      'ASVS v5.0.0-3.4.2',
    ],
  ]),
  ...of('src/security/trust-proxy.ts', [
    [
      'context) => { if (/^\\d{1,2}$/.test(value)) return Number(value)',
      'every proxy may be trusted',
      'ASVS v5.0.0-4.1.3',
    ],
    [
      'if (subnets.every(isSubnet)) return subnets',
      'every proxy may be trusted',
      'ASVS v5.0.0-4.1.3',
    ],
  ]),
  ...of('src/http/json-body.ts', [
    ['inflate: false', 'compressed bodies are unpacked', 'ASVS v5.0.0-15.2.2'],
    ['parse(req, res, next)', 'bodies are read in another way', 'ASVS v5.0.0-15.3.6'],
    ['if (!req.is("application/json")) {', 'forms of other sites are read', 'ASVS v5.0.0-3.5.2'],
  ]),
  ...of('src/http/http-server.ts', [
    ['inTurns(app)', 'many connections keep new ones and sign-ins waiting', 'ASVS v5.0.0-15.2.2'],
    ['createServer(limits, ', 'slow clients keep connections open', 'ASVS v5.0.0-15.2.2'],
  ]),
  ...of('src/http/error-handler.ts', [
    [
      '"Something went wrong on our side."',
      'errors may tell what went wrong inside',
      'ASVS v5.0.0-16.5.1',
    ],
  ]),
  ...of('src/auth/auth.ts', [
    [
      'res.set("Cache-Control", "no-store")',
      'caches keep answers about logins',
      'ASVS v5.0.0-14.3.2',
    ],
  ]),
  ...of('src/auth/access-tokens.ts', [
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
      'if (!key || !headerEquals(header, headerFor(kid))) return undefined',
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
  ...of('src/auth/access-token-format.ts', [
    ['parts.every(isCanonical)', 'one token has many spellings', 'RFC 7515 2, 7.1'],
  ]),
  ...of('src/auth/bearer.ts', [
    [
      'const header = req.get("Authorization"); if (header === undefined',
      'tokens may stand in addresses, and so in logs',
      'ASVS v5.0.0-14.2.1',
    ],
    ['(await logins.userOf(subject))', 'tokens of ended logins are taken', 'ASVS v5.0.0-7.4.1'],
  ]),
  ...of('src/auth/verified-tokens.ts', [
    [
      'if (!found || found.expiresAt > now().getTime()) return found?.subject',
      'expired tokens are taken',
      'ASVS v5.0.0-9.2.1',
    ],
  ]),
  ...of('src/auth/refresh-tokens.ts', [
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
  ...of('src/auth/sessions.ts', [
    ['saveUninitialized: false', 'every visitor fills the store', 'ASVS v5.0.0-15.2.2'],
    ['req.session.regenerate(', 'a session id that was planted is kept', 'ASVS v5.0.0-7.2.4'],
  ]),
  ...of('src/auth/session-store.ts', [
    ['row.login.expiresAt <= this.#now()', 'sessions do not expire', 'ASVS v5.0.0-7.3.1, 7.3.2'],
    ['row.user.disabledAt', 'sessions of closed accounts live on', 'ASVS v5.0.0-7.4.2'],
  ]),
  ...of('src/auth/session-end.ts', [
    [
      'createdAt + config.SESSION_ABSOLUTE_TTL * 1000',
      'a session that is used never ends',
      'ASVS v5.0.0-7.3.2',
    ],
  ]),
  ...of('src/auth/session-cookie.ts', [
    ['unsign(signed, secret)', 'whatever a cookie holds is taken', 'ASVS v5.0.0-7.2.1'],
  ]),
  ...of('src/auth/digest.ts', [
    [
      'hash("sha256", value, "base64url")',
      'a stolen table holds usable logins',
      'RFC 6819 5.1.4.1.3',
    ],
  ]),
  ...of('src/auth/logout-routes.ts', [
    ['await logins.end(loginId)', 'signing out leaves the login open', 'ASVS v5.0.0-7.4.1'],
  ]),
  ...of('src/auth/credentials.ts', [
    ['await limits.beforeTry(email, ip)', 'guessing has no limit', 'ASVS v5.0.0-6.3.1'],
    [
      'if (!user || !matches) throw invalidCredentials()',
      'an answer tells whether an email is registered',
      'ASVS v5.0.0-6.3.8',
    ],
    ['!user?.disabledAt', 'closed accounts may sign in', 'ASVS v5.0.0-7.4.2'],
    ['email: z.email().max(254)', 'anything is taken for an email', 'ASVS v5.0.0-15.3.5'],
    ['logEvent(log, "login.failed"', 'failed sign-ins are not logged', 'ASVS v5.0.0-16.3.1'],
  ]),
  ...of('src/auth/users.ts', [
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
  ...of('src/auth/work-queue.ts', [
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
  ...of('src/auth/failure-limits.ts', [
    ['await consume(address, keys.address)', 'no limit for one address', 'ASVS v5.0.0-6.3.1'],
    ['await consume(account, keys.account)', 'no limit for one account', 'ASVS v5.0.0-6.3.1'],
    ['digest(emailKey(email))', 'each spelling of an email counts by itself', 'ASVS v5.0.0-6.3.1'],
  ]),
  ...of('src/auth/limiters.ts', [
    [
      'new RateLimiterRedis(',
      'each server counts guesses by itself, and forgets them with a restart',
      'ASVS v5.0.0-6.3.1',
    ],
    ['throw error', 'a limit that is reached holds nobody', 'ASVS v5.0.0-6.3.1'],
    ['return run(own)', 'while Redis is away guessing has no limit', 'ASVS v5.0.0-6.3.1'],
  ]),
  ...of('src/auth/passwords.ts', [
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
  ...of('src/auth/password-policy.ts', [
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
  ...of('src/auth/guessed-first.ts', [
    ['if (common.has(password)) return', 'common passwords are taken', 'ASVS v5.0.0-6.2.4'],
    ['common.has(repeatedUnit(word))', 'common passwords are taken', 'ASVS v5.0.0-6.2.4'],
  ]),
  ...['src/auth/pbkdf2.ts', 'src/auth/scrypt.ts'].flatMap((file) =>
    of(file, [
      ['const salt = randomBytes(SALT_BYTES)', 'hashes share a salt', 'ASVS v5.0.0-11.4.2'],
    ]),
  ),
  ...of('src/auth/pbkdf2.ts', [
    ['return matches && takes(password)', 'a NUL makes two passwords one', 'RFC 2104 2'],
  ]),
  ...of('src/log.ts', [['redact: {', 'secrets may be logged', 'ASVS v5.0.0-16.2.5']]),
  ...of('Dockerfile', [['USER node', 'the server runs as root', 'ASVS v5.0.0-13.2.2']]),
  ...of('.gitignore', [['.env', 'the secrets may be committed', 'ASVS v5.0.0-13.3.1']]),
  ...of('.dockerignore', [['.env', 'the secrets may be in the image', 'ASVS v5.0.0-13.3.1']]),
];

function of(
  file: string,
  rows: readonly (readonly [code: string, without: string, requirement: string])[],
): readonly Defence[] {
  return rows.map(([code, without, requirement]) => ({ file, code, without, requirement }));
}
