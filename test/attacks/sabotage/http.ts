import { after, before, change, type Mutation } from './mutation.ts';

const APP = 'src/app.ts';
const BODY = 'src/http/json-body.ts';
const CORS = 'src/security/cors.ts';
const CSRF = 'src/security/csrf.ts';
const ERRORS = 'src/http/error-handler.ts';

const both = { variant: 'both-es256' } as const;
const session = { variant: 'session' } as const;

const PARSER = 'express.json({ limit: "16kb", inflate: false })';
const EXACT = 'exact.has(origin)';
const HTTP_SERVER = 'src/http/http-server.ts';

/** What is taken out of what stands between the net and the routes. */
export const httpMutations: readonly Mutation[] = [
  {
    ...both,
    attack: 28,
    name: 'cross-site passes',
    edits: [
      change(
        CSRF,
        'site === "same-origin" ||',
        'site === "same-origin" || site === "cross-site" ||',
      ),
    ],
  },
  {
    ...session,
    attack: 28,
    name: 'nobody looks where a request comes from',
    edits: [change(CSRF, 'if (SAFE_METHODS.has(req.method)) return next();', 'return next();')],
  },
  {
    ...both,
    attack: 29,
    name: 'same-site passes',
    edits: [
      change(
        CSRF,
        'site === "same-origin" ||',
        'site === "same-origin" || site === "same-site" ||',
      ),
    ],
  },
  {
    ...both,
    attack: 30,
    name: 'without Sec-Fetch-Site anything passes',
    edits: [change(CSRF, '(origin === undefined || isOwnOrigin(req, origin))', 'true')],
  },
  {
    ...both,
    attack: 31,
    name: 'JSON by whatever name',
    edits: [
      change(BODY, 'if (!req.is("application/json")) {', 'if (false) {'),
      change(BODY, PARSER, 'express.json({ limit: "16kb", inflate: false, type: () => true })'),
    ],
  },
  {
    ...both,
    attack: 31,
    name: 'refreshing, and signing out everywhere, whatever comes along',
    edits: [
      change(
        BODY,
        'if (!req.is("application/json")) {',
        'if (!req.is("application/json") && !/refresh|logout-all/.test(req.originalUrl)) {',
      ),
    ],
  },
  {
    ...both,
    attack: 32,
    name: 'refreshing by GET',
    edits: [
      change(
        'src/auth/token-routes.ts',
        `.route("/refresh")
    .post(`,
        `.route("/refresh")
    .all(`,
      ),
    ],
  },
  {
    ...both,
    attack: 32,
    name: 'X-HTTP-Method-Override is obeyed',
    edits: [
      before(
        APP,
        'app.use(securityHeaders());',
        `app.use((req, _res, next) => {
    req.method = req.get("X-HTTP-Method-Override") ?? req.method;
    next();
  });`,
      ),
    ],
  },
  {
    ...both,
    attack: 33,
    name: 'signing in passes from everywhere',
    edits: [
      change(
        CSRF,
        'if (SAFE_METHODS.has(req.method)) return next();',
        'if (SAFE_METHODS.has(req.method) || /(?:login|token)$/.test(req.path)) return next();',
      ),
    ],
  },
  {
    ...both,
    attack: 34,
    name: 'origins are compared by how they begin',
    edits: [change(CORS, EXACT, '[...exact].some((one) => origin.startsWith(one))')],
  },
  {
    ...both,
    attack: 34,
    name: 'the dots of a pattern stand for any character',
    edits: [change(CORS, '.replace(/\\./g, "\\\\.")', '')],
  },
  {
    ...both,
    attack: 35,
    name: 'null is allowed',
    edits: [change(CORS, EXACT, 'origin === "null" || exact.has(origin)')],
  },
  {
    ...both,
    attack: 36,
    name: 'the scheme and a last dot do not matter',
    edits: [
      change(CORS, EXACT, 'exact.has(origin.replace(/^http:/, "https:").replace(/\\.$/, ""))'),
    ],
  },
  {
    ...both,
    attack: 37,
    name: 'no Vary',
    edits: [change(CORS, 'res.vary("Origin");', '')],
  },
  {
    ...both,
    attack: 38,
    name: 'every header that is asked for is allowed',
    edits: [change(CORS, 'allowedHeaders: ["Content-Type", "Authorization"],', '')],
  },
  {
    ...both,
    attack: 48,
    name: 'bodies of 5 MB',
    harmlessInHost: 'the app reads bodies first, up to a limit of its own',
    edits: [change(BODY, 'limit: "16kb"', 'limit: "5mb"')],
  },
  {
    ...both,
    attack: 55,
    name: 'a broken body is a server error',
    edits: [
      change(
        ERRORS,
        'return isExposed(error) ? fromExpress(error) : undefined;',
        'return undefined;',
      ),
    ],
  },
  {
    ...both,
    attack: 55,
    name: 'a broken body is taken for one of another kind',
    edits: [change(ERRORS, 'new Problem(400, "bad_request"', 'new Problem(415, "bad_request"')],
  },
  {
    ...both,
    attack: 56,
    name: 'bodies are merged key by key',
    harmlessInHost: 'the app reads bodies first, and merges nothing',
    edits: [
      change(
        BODY,
        'parse(req, res, next);',
        `parse(req, res, (error) => {
    try {
      if (!error) merge({}, req.body);
    } catch {}
    next(error);
  });`,
      ),
      before(
        BODY,
        `const parse = ${PARSER}`,
        `function merge(target, source, depth = 0) {
  for (const key in source) {
    const value = source[key];
    const isObject = typeof value === "object" && value !== null && depth < 3;
    if (isObject) merge((target[key] ??= {}), value, depth + 1);
    else target[key] = value;
  }
}
`,
      ),
    ],
  },
  {
    ...both,
    attack: 57,
    name: 'whatever is sent as an email is made into text',
    edits: [
      change(
        'src/auth/credentials.ts',
        'email: z.email().max(254)',
        'email: z.coerce.string().max(254)',
      ),
    ],
  },
  {
    ...both,
    attack: 57,
    name: 'whatever is sent goes into the row of a new user',
    edits: [
      change(
        'src/auth/credentials.ts',
        'export const newAccount = z.strictObject({',
        'export const newAccount = z.looseObject({',
      ),
      change(
        'src/auth/account-routes.ts',
        'await register(email, password, ip).',
        'await register(email, password, ip, req.body).',
      ),
      change(
        'src/auth/account-routes.ts',
        '(email: string, password: string, ip: string)',
        '(email: string, password: string, ip: string, more: object)',
      ),
      change('src/auth/account-routes.ts', 'addressKey(ip)));', 'addressKey(ip)), more);'),
      change(
        'src/auth/users.ts',
        'register(email: string, passwordHash: string)',
        'register(email: string, passwordHash: string, more: object)',
      ),
      change(
        'src/auth/users.ts',
        'createdAt: now(),\n        })',
        'createdAt: now(),\n          ...more,\n        })',
      ),
    ],
  },
  {
    ...session,
    attack: 57,
    name: 'a password of another kind is made into text',
    edits: [
      change(
        'src/auth/credentials.ts',
        'export const newAccount = z.strictObject({\n  email: z.email().max(254),\n  password: z.string()',
        'export const newAccount = z.strictObject({\n  email: z.email().max(254),\n  password: z.coerce.string()',
      ),
    ],
  },
  {
    ...both,
    attack: 58,
    name: 'addresses are logged as they come',
    edits: [
      after(
        'src/http/request-log.ts',
        'const started = performance.now();',
        'process.stdout.write("GET " + req.originalUrl.replace(/%0[ad]/gi, "\\n") + "\\n");',
      ),
    ],
  },
  {
    ...both,
    attack: 59,
    name: '100 connections at most',
    edits: [
      before(
        'src/server.ts',
        'const address = await listen(server, config);',
        'server.maxConnections = 100;',
      ),
    ],
  },
  {
    ...both,
    attack: 59,
    name: 'headers may take as long as the whole request',
    edits: [change(HTTP_SERVER, 'headersTimeout: 15_000', 'headersTimeout: 0')],
  },
  {
    ...both,
    attack: 59,
    name: 'a body may take for ever',
    edits: [change(HTTP_SERVER, 'requestTimeout: 30_000', 'requestTimeout: 0')],
  },
  {
    ...both,
    attack: 60,
    name: 'the queue has no end',
    edits: [change('src/auth/work-queue.ts', 'waiting.length >= limits.waiting', 'false')],
  },
  {
    ...both,
    attack: 60,
    name: 'hashing on the event loop',
    edits: [
      change(
        'src/auth/pbkdf2.ts',
        'import { pbkdf2 as pbkdf2Callback,',
        'import { pbkdf2 as pbkdf2Callback, pbkdf2Sync,',
      ),
      change(
        'src/auth/pbkdf2.ts',
        'return pbkdf2Async(password, salt, iterations, HASH_BYTES, "sha256");',
        'return Promise.resolve(pbkdf2Sync(password, salt, iterations, HASH_BYTES, "sha256"));',
      ),
    ],
  },
  {
    ...both,
    attack: 60,
    name: 'one client may take every place in the queue',
    edits: [change('src/auth/work-queue.ts', 'client !== undefined &&', 'client === "" &&')],
  },
  {
    ...both,
    attack: 61,
    name: 'TRUST_PROXY=true is taken',
    edits: [
      change(
        'src/security/trust-proxy.ts',
        'if (/^\\d{1,2}$/.test(value)) return Number(value);',
        'if (value === "true") return true;\n      if (/^\\d{1,2}$/.test(value)) return Number(value);',
      ),
    ],
  },
  {
    ...session,
    attack: 61,
    name: 'one more hop than there is',
    edits: [
      change(
        APP,
        'app.set("trust proxy", config.TRUST_PROXY);',
        'app.set("trust proxy", Number(config.TRUST_PROXY) + 1);',
      ),
    ],
  },
  {
    ...session,
    attack: 61,
    name: 'the own host is what a proxy says that it is',
    edits: [change(CSRF, 'const host = req.get("Host");', 'const host = req.host;')],
  },
  {
    variant: 'jwt-hs256',
    attack: 62,
    alone: true,
    name: 'any secret will do',
    edits: [
      change(
        'src/security/secrets.ts',
        'if (fault) context.addIssue(',
        'if (false) context.addIssue(',
      ),
    ],
  },
];
