import { after, before, change, type Mutation } from './mutation.ts';

const APP = 'src/app.ts';
const ERRORS = 'src/http/error-handler.ts';
const HEADERS = 'src/security/headers.ts';

const both = { variant: 'both-es256' } as const;
const session = { variant: 'session' } as const;
const eddsa = { variant: 'jwt-eddsa' } as const;

const HEADERS_USED = 'app.use(securityHeaders());';
const HSTS = 'strictTransportSecurity: { maxAge: HSTS_MAX_AGE, includeSubDomains: true },';

/** What is taken out of the headers of answers. */
export const headerMutations: readonly Mutation[] = [
  ...(
    [
      ['anything may be loaded', `defaultSrc: ["'none'"]`, 'defaultSrc: ["*"]'],
      ['the CSP lets others frame', `frameAncestors: ["'none'"],`, ''],
      ['no HSTS', HSTS, 'strictTransportSecurity: false,'],
      ['HSTS without the subdomains', HSTS, HSTS.replace('true', 'false')],
      ['HSTS for an hour', 'maxAge: HSTS_MAX_AGE', 'maxAge: 3600'],
      ['no X-Frame-Options', 'xFrameOptions: { action: "deny" }', 'xFrameOptions: false'],
      [
        'types are sniffed',
        'xFrameOptions: { action: "deny" }',
        'xFrameOptions: { action: "deny" }, xContentTypeOptions: false',
      ],
      ['other sites learn the address', '{ policy: "no-referrer" }', '{ policy: "unsafe-url" }'],
      [
        'no opener policy',
        'crossOriginOpenerPolicy: { policy: "same-origin" }',
        'crossOriginOpenerPolicy: false',
      ],
      [
        'no resource policy',
        'crossOriginResourcePolicy: { policy: "same-origin" }',
        'crossOriginResourcePolicy: false',
      ],
      [
        'no embedder policy',
        'crossOriginEmbedderPolicy: { policy: "require-corp" }',
        'crossOriginEmbedderPolicy: false',
      ],
      ['no Permissions-Policy', '{ "Permissions-Policy": PERMISSIONS_POLICY },', ''],
    ] as const
  ).map(([name, search, replace]) => ({
    ...both,
    attack: 39,
    name,
    edits: [change(HEADERS, search, replace)],
  })),
  ...(
    [
      [
        'pages run inline scripts',
        `scriptSrc: ["'self'"]`,
        `scriptSrc: ["'self'", "'unsafe-inline'"]`,
      ],
      ['pages run scripts of anybody', `scriptSrc: ["'self'"]`, 'scriptSrc: ["https:"]'],
      ['pages may be framed', `frameAncestors: ["'none'"],`, ''],
    ] as const
  ).map(([name, search, replace]) => ({
    ...eddsa,
    attack: 39,
    name,
    edits: [change(HEADERS, search, replace)],
  })),
  {
    ...both,
    attack: 39,
    name: 'security headers below /auth only',
    edits: [change(APP, HEADERS_USED, 'app.use("/auth", securityHeaders());')],
  },
  {
    ...session,
    attack: 39,
    name: 'HSTS for one year, where two were promised',
    edits: [change(HEADERS, 'HSTS_MAX_AGE = 63_072_000', 'HSTS_MAX_AGE = 31_536_000')],
  },
  {
    ...session,
    attack: 39,
    name: 'a page may ask for one power more',
    edits: [change(HEADERS, '  "geolocation",\n', '')],
  },
  {
    ...eddsa,
    attack: 39,
    name: 'a page may hand the microphone to everybody',
    edits: [change(HEADERS, 'microphone=()', 'microphone=*')],
  },
  {
    ...both,
    attack: 40,
    name: 'the server says what it is',
    edits: [
      after(
        APP,
        HEADERS_USED,
        'app.use((_req, res, next) => { res.set("Server", "Express/5.1"); next(); });',
      ),
    ],
  },
  {
    ...both,
    attack: 40,
    name: 'Express names itself',
    edits: [change(APP, 'app.disable("x-powered-by");', '')],
  },
  {
    ...both,
    attack: 41,
    name: 'no no-store',
    edits: [change('src/auth/auth.ts', 'res.set("Cache-Control", "no-store");', '')],
  },
  {
    ...both,
    attack: 41,
    name: 'no no-store where a request is refused before the routes',
    edits: [change(ERRORS, '.set("Cache-Control", "no-store")', '')],
  },
  {
    ...both,
    attack: 42,
    name: '401 without a challenge',
    edits: [
      change(
        ERRORS,
        'if (problem.status === 401) res.set("WWW-Authenticate", challengesFor(problem, challenges));',
        '',
      ),
    ],
  },
  {
    ...both,
    attack: 42,
    name: '401 tells of tokens, and not of the cookie',
    edits: [
      change('src/auth/auth.ts', '[sessions.challenge, BEARER_CHALLENGE]', '[BEARER_CHALLENGE]'),
    ],
  },
  {
    ...both,
    attack: 42,
    name: 'a bad token is not called bad',
    edits: [change('src/auth/bearer.ts', ', error="invalid_token"`', '`')],
  },
  {
    ...both,
    attack: 42,
    name: '405 without Allow',
    edits: [change('src/http/methods.ts', 'res.set("Allow", allow.join(", "));', '')],
  },
  {
    ...both,
    attack: 42,
    name: '429 without Retry-After',
    edits: [change('src/http/problem.ts', '{ headers: { "Retry-After": String(seconds) } }', '{}')],
  },
  {
    ...both,
    attack: 42,
    name: 'TRACE is echoed',
    edits: [
      before(
        APP,
        HEADERS_USED,
        `app.use((req, res, next) => {
    if (req.method !== "TRACE") return next();
    res.type("message/http").send(req.rawHeaders.join("\\r\\n"));
  });`,
      ),
    ],
  },
];
