import { describe, expect, test } from 'vitest';
import type { Edit } from '../attacks/lab/edits.ts';
import { after, change } from '../attacks/sabotage/mutation.ts';
import { CLAIMS } from './claims.ts';
import { inABrowser } from './lab/in-a-browser.ts';
import { SERVED_PAGES } from './lab/served-pages.ts';
import { VARIANTS, type VariantName } from './lab/variants.ts';

/** A defence taken out, and the claims that must not hold without it, by how their titles begin. */
interface Sabotage {
  readonly name: string;
  readonly variant: VariantName;
  readonly edits: readonly Edit[];
  readonly notices: readonly string[];
}

const COOKIES = 'src/security/cookies.ts';
const CORS = 'src/security/cors.ts';
const CSRF = 'src/security/csrf.ts';
const HEADERS = 'src/security/headers.ts';
const BODY = 'src/http/json-body.ts';

const FORM = 'a form of another origin';
const SCRIPT = 'a script of another origin';
const SIGN_IN = 'nobody is signed in';

const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'cookies without the prefix',
    variant: 'session',
    edits: [change(COOKIES, '`__Host-', '`')],
    notices: ['cookies are stored', 'another host of the site'],
  },
  {
    name: 'a session cookie that outlives the browser',
    variant: 'session',
    edits: [
      change(
        'src/auth/sessions.ts',
        'cookie: { ...cookie.options, sameSite: "strict" },',
        'cookie: { ...cookie.options, sameSite: "strict", maxAge: 86_400_000 },',
      ),
    ],
    notices: ['cookies are stored'],
  },
  {
    name: 'a refresh cookie that goes with the browser',
    variant: 'jwt-cookie',
    edits: [
      change(
        'src/auth/refresh-cookie.ts',
        '{ ...options, maxAge: config.REFRESH_IDLE_TTL * 1000 }',
        'options',
      ),
    ],
    notices: ['cookies are stored'],
  },
  {
    name: 'cookies that scripts may read',
    variant: 'jwt-cookie',
    edits: [change(COOKIES, 'httpOnly: true', 'httpOnly: false')],
    notices: ['no script reads the cookies'],
  },
  {
    name: 'cookies for every site',
    variant: 'session',
    edits: [change('src/auth/sessions.ts', 'sameSite: "strict"', 'sameSite: "none"')],
    notices: ['cookies are not sent'],
  },
  {
    name: 'cookies that go along with links',
    variant: 'both',
    edits: [change(COOKIES, 'sameSite: "strict"', 'sameSite: "lax"')],
    notices: ['cookies are not sent'],
  },
  ...(['session', 'jwt-cookie', 'both'] as const).map((variant) => ({
    name: `nobody looks where a request comes from (${variant})`,
    variant,
    edits: [change(CSRF, 'if (SAFE_METHODS.has(req.method)) return next();', 'return next();')],
    notices: [FORM, SCRIPT, SIGN_IN],
  })),
  {
    name: 'a form may sign in',
    variant: 'session',
    edits: [
      change(CSRF, 'if (SAFE_METHODS.has(req.method)) return next();', 'return next();'),
      change(BODY, 'if (!req.is("application/json")) {', 'if (false) {'),
      change(BODY, 'inflate: false }', 'inflate: false, type: () => true }'),
    ],
    notices: [SIGN_IN],
  },
  {
    name: 'every origin may read',
    variant: 'session',
    edits: [change(CORS, 'exact.has(origin)', 'origin !== ""')],
    notices: ['a page of an allowed origin reads', 'a page without', 'preflights', SCRIPT, SIGN_IN],
  },
  {
    name: 'origins are compared by how they begin',
    variant: 'jwt-body',
    edits: [change(CORS, 'exact.has(origin)', '[...exact].some((one) => origin.startsWith(one))')],
    notices: ['a page of an allowed origin reads'],
  },
  {
    name: 'every header may be sent',
    variant: 'jwt-body',
    edits: [change(CORS, 'allowedHeaders: ["Content-Type", "Authorization"],', '')],
    notices: ['preflights'],
  },
  {
    name: 'nobody is told why',
    variant: 'session',
    edits: [change(CORS, 'exposedHeaders: ["Retry-After", "WWW-Authenticate"],', '')],
    notices: ['a page of an allowed origin sees'],
  },
  {
    name: 'scripts may be inline',
    variant: 'both',
    edits: [change(HEADERS, `scriptSrc: ["'self'"],`, `scriptSrc: ["'self'", "'unsafe-inline'"],`)],
    notices: ['of what is injected'],
  },
  {
    name: 'no content security policy',
    variant: 'session',
    edits: [
      after('src/app.ts', 'app.use(securityHeaders());', withoutHeader('Content-Security-Policy')),
    ],
    notices: ['an answer that is shown', 'a form that is injected'],
  },
  {
    name: 'frames are let be',
    variant: 'both',
    edits: [
      change(HEADERS, `frameAncestors: ["'none'"],`, ''),
      after('src/app.ts', 'app.use(securityHeaders());', withoutHeader('X-Frame-Options')),
    ],
    notices: ['no other origin frames'],
  },
  {
    name: 'anybody may load what is served',
    variant: 'jwt-cookie',
    edits: [
      change(
        HEADERS,
        'crossOriginResourcePolicy: { policy: "same-origin" },',
        'crossOriginResourcePolicy: false,',
      ),
    ],
    notices: ['a page of another origin cannot load'],
  },
  {
    name: 'windows know each other',
    variant: 'jwt-cookie',
    edits: [
      change(
        HEADERS,
        'crossOriginOpenerPolicy: { policy: "same-origin" },',
        'crossOriginOpenerPolicy: false,',
      ),
    ],
    notices: ['a window that another'],
  },
];

inABrowser('claims notice', (world) => {
  describe('sabotage', () => {
    for (const { name, variant, edits, notices } of SABOTAGES) {
      test(name, async () => {
        const answers = VARIANTS[variant];
        const stage = await world().stage('sabotaged', answers, [SERVED_PAGES, ...edits]);
        try {
          for (const title of notices) {
            const [claim, ...others] = CLAIMS.filter((one) => one.title.startsWith(title));
            if (!claim || others.length > 0) throw new Error(`not one claim: ${title}`);
            expect(claim.applies(answers), title).toBe(true);
            const failure = await claim.prove(stage).then(
              () => `“${claim.title}” holds all the same`,
              (error: unknown) => error,
            );
            // What else goes wrong is no proof.
            expect(failure).toMatchObject({ name: 'AssertionError' });
          }
        } finally {
          await stage.close();
        }
      });
    }
  });

  test('every claim that a defence of the server backs is put to the test', () => {
    const tried = SABOTAGES.flatMap(({ notices }) => notices);
    const untried = CLAIMS.filter(({ title }) => !tried.some((one) => title.startsWith(one)));
    expect(untried.map(({ title }) => title)).toEqual([
      // Something works here; that it would not is what the other claims show.
      expect.stringMatching(/^a page of another site that is allowed/),
    ]);
  });
});

/** Takes back a header that was set for every answer. */
function withoutHeader(name: string): string {
  return `\n  app.use((_req, res, next) => { res.removeHeader("${name}"); next(); });`;
}
