import { AUTH_DEFENCES } from './auth-defences.ts';
import { type Defence, defencesOf } from './defence.ts';

/**
 * Lines whose loss can be told from outside the code to weaken it. A project has those that its answers chose: each is
 * looked for in the file as it was made first, and only then in the file as it is. Lines that hang on their numbers
 * stand in numbers.ts.
 */
export const DEFENCES: readonly Defence[] = [
  // The second is what a module in an app of others has in its place.
  ...['src/app.ts', 'src/index.ts'].flatMap((file) =>
    defencesOf(file, [
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
  ...defencesOf('src/index.ts', [
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
  ...defencesOf('src/app.ts', [
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
  ...defencesOf('src/security/cors.ts', [
    [
      'startsWith("https://") || LOOPBACK',
      'other origins than https are taken in production',
      'ASVS v5.0.0-3.4.2',
    ],
    ['\\.)+[a-z', 'a pattern may stand for all of a top-level domain', 'ASVS v5.0.0-3.4.2'],
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
  ...defencesOf('src/security/csrf.ts', [
    ['host = req.get("Host")', 'clients may choose what the own host is', 'ASVS v5.0.0-4.1.3'],
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
  ...defencesOf('src/security/cookies.ts', [
    ['httpOnly: true', 'scripts may read the cookies', 'ASVS v5.0.0-3.3.4'],
    [
      'sameSite: "strict", path: "/"',
      'other sites may send or set the cookies',
      'ASVS v5.0.0-3.3.2',
    ],
    [
      'const secure = config.NODE_ENV === "production"',
      'cookies may travel over plain http',
      'ASVS v5.0.0-3.3.1',
    ],
    ['secure ? `__Host-', 'a sibling host may set the cookies', 'ASVS v5.0.0-3.3.3'],
  ]),
  ...defencesOf(
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
  ...defencesOf('src/security/secrets.ts', [
    ['(secret) < MIN_BYTES', 'short secrets are taken', 'RFC 8725 3.5'],
    ['(secret).size < 10', 'secrets that repeat themselves are taken', 'ASVS v5.0.0-11.5.1'],
    ['(const secret of secrets)', 'a weak secret may stand behind another', 'ASVS v5.0.0-11.2.3'],
    ['if (fault) context.addIssue(`', 'any secret is taken, or shown', 'ASVS v5.0.0-11.2.3'],
    [
      'if (PLACEHOLDER.test(secret)) return',
      'secrets of tutorials are taken',
      'ASVS v5.0.0-11.5.1',
    ],
  ]),
  ...defencesOf('src/config.ts', [
    ['!hasRepeats(', 'one secret may be used twice', 'ASVS v5.0.0-11.2.3'],
    ['!hasRepeats([', 'one secret may be used twice', 'ASVS v5.0.0-11.2.3'],
    [
      'settings.NODE_ENV !== "production"',
      'production may keep sessions in memory',
      'ASVS v5.0.0-15.2.2',
    ],
    ['.default("production")', 'a forgotten setting means development', 'ASVS v5.0.0-13.4.2'],
    [
      'CORS_ORIGINS.every(isConfidential)',
      'http origins are taken in production',
      'ASVS v5.0.0-3.4.2',
    ],
  ]),
  ...defencesOf('src/security/trust-proxy.ts', [
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
  ...defencesOf('src/http/json-body.ts', [
    ['inflate: false', 'compressed bodies are unpacked', 'ASVS v5.0.0-15.2.2'],
    ['parse(req, res, next)', 'bodies are read in another way', 'ASVS v5.0.0-15.3.6'],
    ['if (!req.is("application/json")) {', 'forms of other sites are read', 'ASVS v5.0.0-3.5.2'],
  ]),
  ...defencesOf('src/http/http-server.ts', [
    ['inTurns(app)', 'many connections keep new ones and sign-ins waiting', 'ASVS v5.0.0-15.2.2'],
    ['createServer(limits, ', 'slow clients keep connections open', 'ASVS v5.0.0-15.2.2'],
  ]),
  ...defencesOf('src/http/error-handler.ts', [
    ['.set("Cache-Control", "no-store")', 'caches keep what was refused', 'ASVS v5.0.0-14.3.2'],
    ['res.set("WWW-Authenticate"', '401 does not say how to sign in', 'RFC 9110 15.5.2'],
    [
      '"Something went wrong on our side."',
      'errors may tell what went wrong inside',
      'ASVS v5.0.0-16.5.1',
    ],
  ]),
  ...defencesOf('src/http/methods.ts', [
    ['res.set("Allow"', '405 does not say what is allowed', 'RFC 9110 15.5.6'],
  ]),
  ...defencesOf('src/http/problem.ts', [
    ['"Retry-After": String(seconds)', 'a lock does not say how long it lasts', 'RFC 6585 4'],
  ]),
  ...defencesOf('src/http/request-log.ts', [
    ['.originalUrl.split("?", 1)[0]', 'what stands in addresses is logged', 'ASVS v5.0.0-16.2.5'],
  ]),
  ...defencesOf('src/database/client.ts', [
    [
      'throw Object.assign(error, { cause })',
      'a database out of reach goes unnoticed',
      'ASVS v5.0.0-16.5.3',
    ],
  ]),
  ...AUTH_DEFENCES,
  ...defencesOf('src/log.ts', [['redact: {', 'secrets may be logged', 'ASVS v5.0.0-16.2.5']]),
  ...defencesOf('Dockerfile', [['USER node', 'the server runs as root', 'ASVS v5.0.0-13.2.2']]),
  ...defencesOf('.gitignore', [['.env', 'the secrets may be committed', 'ASVS v5.0.0-13.3.1']]),
  ...defencesOf('.dockerignore', [
    ['.env', 'the secrets may be in the image', 'ASVS v5.0.0-13.3.1'],
  ]),
];
