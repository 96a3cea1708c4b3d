import { after, change, type Mutation } from './mutation.ts';

const CREDENTIALS = 'src/auth/credentials.ts';
const REQUEST_LOG = 'src/http/request-log.ts';

const both = { variant: 'both-es256' } as const;
const eddsa = { variant: 'jwt-eddsa' } as const;
const session = { variant: 'session' } as const;

/** What is taken out of what keeps files, faults and logs from telling, and out of what is logged. */
export const disclosureMutations: readonly Mutation[] = [
  {
    ...session,
    attack: 63,
    name: 'the folder that the server runs in is served',
    edits: [
      after(
        'src/app.ts',
        'app.use(securityHeaders());',
        'app.use(express.static(".", { dotfiles: "allow" }));',
      ),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'errors tell what went wrong inside',
    edits: [
      change('src/http/error-handler.ts', '"Something went wrong on our side."', 'String(error)'),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'the body of a sign-in is logged',
    edits: [
      after(
        CREDENTIALS,
        'const { email, password } = readBody(credentials, req);',
        'log.info("sign-in " + JSON.stringify(req.body));',
      ),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'failed sign-ins are not logged',
    edits: [change(CREDENTIALS, 'logEvent(log, "login.failed", { userId: user?.id, ip });', '')],
  },
  {
    ...eddsa,
    attack: 63,
    name: 'the body of a refresh is logged',
    edits: [
      after(
        'src/auth/token-routes.ts',
        'const login = await refreshTokens.renew(req, readRefreshToken(req));',
        'log.info("refresh " + JSON.stringify(req.body));',
      ),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'the query of an address is logged',
    edits: [change(REQUEST_LOG, 'req.originalUrl.split("?", 1)[0]', 'req.originalUrl')],
  },
  {
    ...session,
    attack: 63,
    name: 'the headers of requests are logged',
    edits: [
      change(REQUEST_LOG, 'method: req.method,', 'method: req.method, raw: req.rawHeaders.join(),'),
    ],
  },
  {
    ...session,
    attack: 63,
    name: 'sign-ins are not logged',
    edits: [
      change(
        'src/auth/session-routes.ts',
        'logEvent(log, "login.succeeded", { kind: "session", userId: user.id, loginId, ip: req.ip });',
        '',
      ),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'a refresh token used twice is not logged',
    edits: [
      change(
        'src/auth/refresh-tokens.ts',
        'if (ended) logEvent(log, "token.reused", { userId: ended.userId, loginId, ip: req.ip });',
        '',
      ),
    ],
  },
  {
    ...both,
    attack: 63,
    name: 'a lock is not logged',
    edits: [
      change(
        CREDENTIALS,
        'if (error instanceof Problem) logEvent(log, "login.limited", { userId: user?.id, ip });',
        '',
      ),
    ],
  },
];
