import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, hasTokens, type Login } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { type Exchange, StartingLine, valueAt } from './client.ts';
import { signedCookie } from './tokens.ts';

const onTokens = { applies: hasTokens, disturbs: true } as const;

/** Attacks on refresh tokens. */
export const refreshAttacks: readonly Attack[] = [
  {
    ...onTokens,
    id: 16,
    title: 'replay of a refresh token that was used',
    requirement: 'RFC 9700 4.14.2, ASVS v5.0.0-10.4.5',
    async run(scene) {
      const { api, evidence } = scene;
      const login = await api.newLogin('token');
      const second = await renewed(scene, login);
      const third = await renewed(scene, login, second.refreshToken);

      evidence.expect('the first token again', await api.refresh(login), [401]);
      const newest = await api.refresh(login, third.refreshToken);
      evidence.expect('the newest token, after the replay', newest, [401]);
      await mustBeShut(scene, 'the family', third.accessToken);

      const other = await api.signIn(login.account, 'token');
      evidence.control('another login of the user goes on', await api.refresh(other), 200);
    },
  },
  {
    ...onTokens,
    id: 17,
    title: '20 uses of one refresh token at once',
    requirement: 'ASVS v5.0.0-15.4.2',
    async run(scene) {
      const { api, evidence } = scene;
      // A store may open its connections at the first try: then one is the winner before the others look.
      for (let round = 1; round <= ROUNDS; round += 1) {
        const login = await api.newLogin('token');
        const current = await renewed(scene, login);
        const line = new StartingLine(20);
        // With a body, which is what a line holds back.
        const call = { json: {}, ...api.withRefreshToken(login, current.refreshToken), line };
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => api.send('POST', '/auth/refresh', call)),
        );
        const winners = answers.filter(({ status }) => status === 200);
        evidence.expectThat('one of them wins', winners.length === 1, {
          sent: '20 times POST /auth/refresh with one token',
          got: answers.map(({ status }) => status).join(' '),
          expected: 'one 200, else 401',
        });
        for (const answer of answers) evidence.expect('the others', answer, [200, 401]);
        for (const winner of winners) {
          const token = api.refreshTokenIn(winner);
          evidence.expect('the family is dead', await api.refresh(login, token), [401]);
        }
      }
    },
  },
  {
    ...onTokens,
    id: 18,
    title: 'a refresh token after signing out',
    requirement: 'ASVS v5.0.0-7.4.1',
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      const ways: readonly (readonly [string, (login: Login) => Promise<Exchange>])[] = [
        [
          'by the refresh token',
          (login) => api.send('POST', '/auth/logout', api.withRefreshToken(login)),
        ],
        ['by the access token', (login) => api.post('/auth/logout', undefined, login.headers)],
        ['everywhere', (login) => api.post('/auth/logout-all', undefined, login.headers)],
        ['by its id', (login) => endCurrent(scene, login)],
      ];
      for (const [way, signOut] of ways) {
        const login = await api.signIn(account, 'token');
        const current = await renewed(scene, login);
        evidence.control(
          `signing out ${way}`,
          await signOut({ ...login, ...current, headers: bearer(current.accessToken) }),
          204,
        );
        const again = await api.refresh(login, current.refreshToken);
        evidence.expect(`refreshing after signing out ${way}`, again, [401]);
        await mustBeShut(scene, `signed out ${way}`, current.accessToken);
      }
    },
  },
  {
    ...onTokens,
    id: 19,
    title: 'refreshing for ever',
    requirement: 'RFC 9700 4.14.2, ASVS v5.0.0-7.3.2, 10.4.8',
    needs: ['start'],
    async run(scene) {
      const api = await scene.start({ REFRESH_TOKEN_TTL: '4' });
      const login = await api.newLogin('token');
      const started = Date.now();
      let token = login.refreshToken;
      for (let turn = 0; turn < 3; turn += 1) {
        await sleep(600);
        const answer = await api.refresh(login, token);
        scene.evidence.control('it can be refreshed for a while', answer, 200);
        token = api.refreshTokenIn(answer);
      }
      await sleep(4300 - (Date.now() - started));
      const late = await api.refresh(login, token);
      scene.evidence.expect('refreshed past the absolute expiry', late, [401]);
    },
  },
  {
    id: 20,
    applies: () => true,
    disturbs: true,
    title: 'what is stored, used as a credential',
    requirement: 'RFC 6819 5.1.4.1.3',
    needs: ['storage'],
    async run({ api, evidence, target }) {
      const logins = await Promise.all(api.kinds.map((kind) => api.newLogin(kind)));
      const rows = (await target.storage?.rows()) ?? [];
      for (const login of logins) {
        const { id, email, password } = login.account;
        const own = rowsAbout(id, rows).flat();
        const isThere = own.some((text) => text.includes(email));
        evidence.controlThat('the database that is looked at is the right one', isThere);
        evidence.control('the login is open', await api.me(login.headers), 200);
        // Wherever it is: what is kept under a raw credential need not say whose it is.
        const secret = login.refreshToken ?? login.credential;
        const stored = rows
          .flat()
          .find((text) => reveals(text, secret) || text.includes(login.credential));
        evidence.expectThat('no credential is stored', stored === undefined, {
          sent: `a ${login.kind} login`,
          got: `the stored text ${stored}`,
          expected: 'nothing that is a part of what the client holds',
        });
        const typed = rows.flat().find((text) => text.includes(password));
        evidence.expectThat('no password is stored', typed === undefined, {
          sent: 'a password',
          got: `the stored text ${typed}`,
          expected: 'a hash of it',
        });
        const secrets = (target.settings?.SESSION_SECRETS ?? '').split(',').filter(Boolean);
        for (const text of new Set(own.flatMap(credentialsIn))) {
          if (login.kind === 'token') {
            evidence.expect('a stored text as the token', await api.refresh(login, text), [401]);
            continue;
          }
          // A thief of the database has no secret; but what is stored must not be an id, signed or not.
          for (const value of [text, ...secrets.map((one) => signedCookie(text, one))]) {
            const answer = await api.me({ Cookie: `${login.cookieName}=${value}` });
            evidence.expect('a stored text as the session', answer, [401]);
          }
        }
      }
    },
  },
];

/** So often are 20 uses of one token tried at once. */
const ROUNDS = 3;

interface Current {
  readonly refreshToken: string;
  readonly accessToken: string;
}

/** Uses a refresh token as an honest client does: a control. */
async function renewed({ api, evidence }: Scene, login: Login, token?: string): Promise<Current> {
  const answer = await api.refresh(login, token);
  evidence.control('an unused refresh token is accepted', answer, 200);
  const refreshToken = api.refreshTokenIn(answer) ?? '';
  const accessToken = String(valueAt(answer.json, 'accessToken'));
  evidence.controlThat('it is another one', refreshToken !== (token ?? login.refreshToken));
  evidence.control('the access token is accepted', await api.me(bearer(accessToken)), 200);
  return { refreshToken, accessToken };
}

/** With instant revocation the access token of a login that has ended is worth nothing. */
async function mustBeShut({ api, answers, evidence }: Scene, what: string, accessToken: string) {
  if (answers.revocation !== 'instant') return;
  evidence.expect(`access after the end: ${what}`, await api.me(bearer(accessToken)), [401]);
}

async function endCurrent({ api }: Scene, login: Login): Promise<Exchange> {
  const sessions = await api.sessions(login.headers);
  const current = sessions.find((session) => valueAt(session, 'current') === true);
  return api.send('DELETE', `/auth/sessions/${valueAt(current, 'id')}`, { headers: login.headers });
}

type Rows = readonly (readonly string[])[];

/** The rows that name an account, and those that have a digest in common with one of these. */
function rowsAbout(id: string, rows: Rows): Rows {
  const naming = rows.filter((row) => row.some((text) => text.includes(id)));
  const digests = new Set(naming.flat().flatMap(credentialsIn).filter(isDigest));
  const shares = (text: string) => credentialsIn(text).some((one) => digests.has(one));
  return rows.filter((row) => naming.includes(row) || row.some(shares));
}

/** What may be a credential in a stored text: the whole, or a word of it where it is JSON or a key. */
function credentialsIn(text: string): readonly string[] {
  const whole = /^[\w:.%+/=-]{16,256}$/.test(text) ? [text] : [];
  return [...whole, ...(text.match(/[\w+/=-]{16,256}/g) ?? [])];
}

/** At least 32 bytes, however they are written. */
const isDigest = (text: string): boolean => text.length >= 43;

/** Tells whether a stored text has a good part of a secret in it, or is a good part of it. */
function reveals(stored: string, secret: string): boolean {
  const forms = [stored, ...[stored].filter((text) => /^[\w-]+$/.test(text)).map(decoded)];
  // A session cookie is `s:id.signature`; the parts of a token count as well as the whole.
  const parts = [secret, ...decodeURIComponent(secret).split(/[:.]/)].filter(
    (part) => part.length >= 20,
  );
  return forms.some((form) =>
    [...parts, ...parts.map(decoded)].some(
      (part) => form.includes(part) || (form.length >= 16 && part.includes(form)),
    ),
  );
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64url').toString('latin1');
}
