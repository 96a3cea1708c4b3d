import { hasCookies, hasTokens, type Login } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import type { Call, Exchange } from './client.ts';
import { valueAt } from './client.ts';
import { allowedSample } from './origins.ts';

const onCookies = { applies: hasCookies, disturbs: true } as const;

const EVIL = 'https://evil.example';

/** Attacks by pages of other sites, through the browser of somebody who is signed in. */
export const csrfAttacks: readonly Attack[] = [
  {
    ...onCookies,
    id: 28,
    title: 'a request that another site sends',
    requirement: 'ASVS v5.0.0-3.5.1',
    ...bySomePage(() => [
      { 'Sec-Fetch-Site': 'cross-site', Origin: EVIL },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      {
        'Sec-Fetch-Site': 'cross-site',
        Origin: EVIL,
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        'Sec-Fetch-User': '?1',
      },
      { 'Sec-Fetch-Site': 'Same-Origin', Origin: EVIL },
      { 'Sec-Fetch-Site': 'anything', Origin: EVIL },
    ]),
  },
  {
    ...onCookies,
    id: 29,
    title: 'a request that a sibling subdomain sends',
    requirement: 'ASVS v5.0.0-3.5.1',
    ...bySomePage(
      ({ hostname }) => [
        { 'Sec-Fetch-Site': 'same-site', Origin: `https://sibling.${hostname}` },
        { 'Sec-Fetch-Site': 'same-site', Origin: `http://${hostname}:1` },
        { 'Sec-Fetch-Site': 'same-site', Origin: 'null' },
        { 'Sec-Fetch-Site': 'same-site' },
      ],
      async ({ api, answers, evidence }) => {
        for (const origin of allowedSample(answers)) {
          const headers = { 'Sec-Fetch-Site': 'same-site', Origin: origin };
          const answer = await api.post('/auth/logout', undefined, headers);
          evidence.control('an allowed sibling may', answer, 204);
        }
      },
    ),
  },
  {
    ...onCookies,
    id: 30,
    title: 'an old browser: a foreign or null Origin, no Sec-Fetch-Site',
    requirement: 'ASVS v5.0.0-3.5.1',
    ...bySomePage(
      ({ host, hostname, origin, port }) =>
        [
          EVIL,
          'null',
          '',
          `${origin}.evil.example`,
          `https://evil.example/${host}`,
          `http://${hostname}:${Number(port) + 1}`,
          `http://${hostname}`,
          `${origin}@evil.example`,
          `http://evil${host}`,
          `${origin}, ${EVIL}`,
        ].map((one) => ({ Origin: one })),
      async ({ api, target, evidence }) => {
        const own = await api.post('/auth/logout', undefined, { Origin: target.url.origin });
        evidence.control("the server's own origin may", own, 204);
      },
    ),
  },
  {
    id: 31,
    applies: () => true,
    disturbs: false,
    title: 'bodies that a form can send',
    requirement: 'ASVS v5.0.0-3.5.2',
    async run({ api, answers, evidence }) {
      // Nothing to sign in with: whoever reads it says 400.
      evidence.control('JSON is read', await api.post('/auth/login', {}), 400);
      for (const type of FORM_TYPES) {
        for (const path of new Set([
          ...api.kinds.map((kind) => api.signInPath(kind)),
          '/auth/register',
          '/auth/logout',
          '/auth/logout-all',
          '/auth/password',
          ...(hasTokens(answers) ? ['/auth/refresh'] : []),
        ])) {
          const answer = await api.send('POST', path, {
            headers: { 'Content-Type': type },
            body: '{}',
          });
          evidence.expect(`${path} as ${type}`, answer, [415]);
        }
      }
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answer = await api.send('POST', '/auth/login', { headers, body: 'email=nobody' });
      evidence.expect('a form', answer, [415]);
    },
  },
  {
    id: 32,
    applies: () => true,
    disturbs: true,
    title: 'a safe method that changes something, or says that it is another',
    requirement: 'ASVS v5.0.0-3.5.3',
    async visit({ api, evidence }) {
      evidence.control('the right method', await api.post('/auth/logout'), 204);
      for (const method of ['GET', 'HEAD']) {
        const headers = overrides('POST');
        const answer = await api.send(method, '/auth/logout?_method=POST', { headers });
        evidence.expect(`${method} /auth/logout`, answer, [405]);
      }
    },
    async run({ api, evidence }) {
      for (const kind of api.kinds) {
        const login = await api.newLogin(kind);
        const other = await api.signIn(login.account, kind);
        const open = await api.sessions(login.headers);
        const foreign = open.find((session) => valueAt(session, 'current') !== true);
        const paths = [
          '/auth/logout',
          '/auth/logout-all',
          '/auth/password',
          `/auth/sessions/${valueAt(foreign, 'id')}`,
          ...(kind === 'token' ? ['/auth/refresh'] : []),
        ];
        // Whatever a route could want is there.
        const { password } = login.account;
        const change = { currentPassword: password, newPassword: `${password}!` };
        const renewal = kind === 'token' ? api.withRefreshToken(login) : {};
        const bodies: Record<string, unknown> = {
          '/auth/password': change,
          '/auth/refresh': renewal.json,
        };
        for (const path of paths) {
          for (const method of ['GET', 'HEAD', 'OPTIONS']) {
            for (const wanted of ['POST', 'DELETE']) {
              const answer = await api.send(method, `${path}?_method=${wanted}`, {
                headers: { ...renewal.headers, ...login.headers, ...overrides(wanted) },
                json: bodies[path],
              });
              evidence.expect(
                `${method} ${path}`,
                answer,
                ({ status }) => status < 500 && (method === 'OPTIONS' || status === 405),
              );
            }
          }
        }
        const posted = await api.post(
          `/auth/sessions/${valueAt(foreign, 'id')}?_method=DELETE`,
          undefined,
          {
            ...login.headers,
            ...overrides('DELETE'),
          },
        );
        evidence.expect('POST that says DELETE', posted, [405]);
        evidence.expect('the login is still open', await api.me(login.headers), [200]);
        const left = await api.me(other.headers);
        evidence.expect('so is the other', left, [200]);
        if (kind === 'token') {
          evidence.expect('its refresh token is not used up', await api.refresh(login), [200]);
        }
        const again = await api.trySignIn(login.account, kind);
        evidence.expect('the password is what it was', again, [200]);
        evidence.control(
          'the right method ends it',
          await api.post('/auth/logout', undefined, other.headers),
          204,
        );
      }
    },
  },
  {
    ...onCookies,
    id: 33,
    title: 'a page that signs the browser in as the attacker',
    requirement: 'ASVS v5.0.0-3.5.1, RFC 9700 4.7',
    visit: (scene) => mustForbidVisitors(scene, ELSEWHERE),
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      for (const kind of api.kinds) {
        evidence.control('signing in', await api.trySignIn(account, kind), 200);
        for (const headers of ELSEWHERE) {
          const answer = await api.trySignIn(account, kind, headers);
          evidence.expect(`${kind}: signing in from elsewhere`, answer, [403]);
          evidence.expect('no cookie is set', answer, ({ setCookies }) => setCookies.length === 0);
        }
      }
    },
  },
];

const FORM_TYPES = [
  'text/plain',
  'text/plain; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/json',
  'application/jsonp',
  'application/octet-stream',
];

type Headers = Readonly<Record<string, string>>;

const ELSEWHERE: readonly Headers[] = [
  { 'Sec-Fetch-Site': 'cross-site', Origin: EVIL },
  { 'Sec-Fetch-Site': 'same-site', Origin: 'https://sibling.example' },
  { Origin: EVIL },
  { Origin: 'null' },
];

/**
 * What a page makes the browsers of visitors send, and then of users.
 *
 * @param forged the headers, for a server at that address
 * @param control what must be let through
 */
function bySomePage(
  forged: (url: URL) => readonly Headers[],
  control: (scene: Scene) => Promise<void> = async () => {},
): Required<Pick<Attack, 'visit' | 'run'>> {
  return {
    async visit(scene) {
      await mustForbidVisitors(scene, forged(scene.target.url));
      await control(scene);
    },
    run: (scene) => mustForbid(scene, forged(scene.target.url)),
  };
}

/** A guard asks where a request comes from before it looks what is in it: so there need be nothing in it. */
async function mustForbidVisitors({ api, evidence }: Scene, forged: readonly Headers[]) {
  for (const path of [...api.kinds.map((kind) => api.signInPath(kind)), '/auth/logout']) {
    evidence.control('the same from no page', await api.post(path, {}), 204, 400);
    for (const headers of forged) {
      const answer = await api.post(path, {}, headers);
      evidence.expect(`POST ${path} from another page`, answer, [403]);
    }
  }
}

/** Sends every request that a cookie authenticates, the way another page would, and looks whether it did anything. */
async function mustForbid(scene: Scene, forged: readonly Headers[]) {
  const { api, evidence } = scene;
  for (const login of await cookieLogins(scene)) {
    const requests = requestsOf(scene, login);
    for (const headers of forged) {
      for (const [method, path, call] of requests) {
        const answer = await api.send(method, path, {
          ...call,
          headers: { ...call.headers, ...headers },
        });
        evidence.expect(`${method} ${path} from another page`, answer, [403]);
      }
    }
    const honest = await honestly(scene, login);
    evidence.control('the same from the own page, and the login is untouched', honest, 200, 204);
  }
}

/** What the own page of a user who is signed in can do, and only then. */
async function honestly({ api, evidence }: Scene, login: Login): Promise<Exchange> {
  if (login.kind === 'token') return api.refresh(login);
  evidence.control('the session is open', await api.me(login.headers), 200);
  const headers = { ...login.headers, 'Sec-Fetch-Site': 'same-origin' };
  return api.post('/auth/logout-all', undefined, headers);
}

/** Logins whose credential a browser sends by itself. */
async function cookieLogins({ api, answers }: Scene): Promise<readonly Login[]> {
  const kinds = api.kinds.filter(
    (kind) => kind === 'session' || answers.refreshTransport === 'cookie',
  );
  return Promise.all(kinds.map((kind) => api.newLogin(kind)));
}

type Request = readonly [method: string, path: string, call: Call];

function requestsOf({ api }: Scene, login: Login): readonly Request[] {
  const { email, password } = login.account;
  const cookie = {
    Cookie: `${login.cookieName}=${login.kind === 'session' ? login.credential : login.refreshToken}`,
  };
  const signOut: Request = ['POST', '/auth/logout', { headers: cookie }];
  if (login.kind === 'token') return [['POST', '/auth/refresh', { headers: cookie }], signOut];
  return [
    signOut,
    ['POST', '/auth/logout-all', { headers: cookie }],
    [
      'POST',
      '/auth/password',
      { headers: cookie, json: { currentPassword: password, newPassword: `${password}!` } },
    ],
    ['DELETE', '/auth/sessions/00000000-0000-4000-8000-000000000000', { headers: cookie }],
    ['POST', api.signInPath('session'), { headers: cookie, json: { email, password } }],
  ];
}

function overrides(method: string): Record<string, string> {
  return {
    'X-HTTP-Method-Override': method,
    'X-HTTP-Method': method,
    'X-Method-Override': method,
  };
}
