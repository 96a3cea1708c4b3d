import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCookies, hasSessions } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { type Exchange, parseSetCookie, type SetCookie } from './client.ts';
import { eachAtOnce } from './runner.ts';
import { signedCookie } from './tokens.ts';

const onSessions = { applies: hasSessions, disturbs: true } as const;

/** Attacks on sessions. */
export const sessionAttacks: readonly Attack[] = [
  {
    ...onSessions,
    id: 21,
    title: 'a session id that was planted before signing in',
    requirement: 'ASVS v5.0.0-7.2.4',
    async run(scene) {
      const { api, evidence } = scene;
      const attacker = await api.newLogin('session');
      const victim = await api.register();
      const name = attacker.cookieName ?? '';
      const planted: [string, string][] = [
        ["the attacker's own session", attacker.credential],
        ['a made-up id', `s%3A${randomId()}.${randomId()}`],
        ['a bare id', randomId()],
      ];
      const secret = scene.target.settings?.SESSION_SECRETS?.split(',')[0];
      if (secret) planted.push(['a made-up id, rightly signed', signedCookie(randomId(), secret)]);

      for (const [what, cookie] of planted) {
        const headers = { Cookie: `${name}=${cookie}` };
        const answer = await api.trySignIn(victim, 'session', headers);
        evidence.control('the victim signs in', answer, 200);
        // No new cookie means that the old one serves.
        const given = answer.setCookies.map(parseSetCookie).find((one) => one.name === name);
        const kept = given === undefined || idOf(given.value) === idOf(cookie);
        evidence.expect(`${what} is not kept`, answer, () => !kept, 'another id');
        const after = await api.me(headers);
        evidence.expect(`${what} opens nothing of the victim's`, after, ({ status, text }) =>
          status === 401 ? true : status === 200 && !text.includes(victim.email),
        );
      }
    },
  },
  {
    ...onSessions,
    id: 22,
    title: 'a session cookie after signing out',
    requirement: 'ASVS v5.0.0-7.4.1',
    async run({ api, evidence }) {
      const account = await api.register();
      for (const path of ['/auth/logout', '/auth/logout-all']) {
        const login = await api.signIn(account, 'session');
        evidence.control('the session is open', await api.me(login.headers), 200);
        const out = await api.post(path, undefined, login.headers);
        evidence.control('signing out', out, 204);
        evidence.expect(`replayed after ${path}`, await api.me(login.headers), [401]);
        const signedOut = out.setCookies
          .map(parseSetCookie)
          .find((one) => one.name === login.cookieName);
        evidence.expect('the cookie is taken back', out, () => signedOut?.value === '');
      }
      const [first, second] = [
        await api.signIn(account, 'session'),
        await api.signIn(account, 'session'),
      ];
      await api.post('/auth/logout', undefined, first.headers);
      evidence.control('another session of the user goes on', await api.me(second.headers), 200);
    },
  },
  {
    ...onSessions,
    id: 23,
    title: 'a session left alone, and one used for ever',
    requirement: 'ASVS v5.0.0-7.3.1, 7.3.2',
    needs: ['start'],
    async run(scene) {
      const api = await scene.start({ SESSION_IDLE_TTL: '3', SESSION_ABSOLUTE_TTL: '5' });
      const account = await api.register();
      const [idle, busy] = [
        await api.signIn(account, 'session'),
        await api.signIn(account, 'session'),
      ];
      const started = Date.now();
      scene.evidence.control('the session is open', await api.me(idle.headers), 200);
      while (Date.now() - started < 3700) {
        await sleep(400);
        const answer = await api.me(busy.headers);
        scene.evidence.control('use keeps a session open', answer, 200);
      }
      scene.evidence.expect('left alone past the idle expiry', await api.me(idle.headers), [401]);
      while (Date.now() - started < 5400) {
        await sleep(400);
        await api.me(busy.headers);
      }
      scene.evidence.expect('used past the absolute expiry', await api.me(busy.headers), [401]);
    },
  },
  {
    ...onSessions,
    id: 24,
    title: 'session ids that are tampered with or unknown',
    requirement: 'ASVS v5.0.0-7.2.1',
    async run(scene) {
      const { api, evidence, target } = scene;
      const login = await api.newLogin('session');
      evidence.control('the session is open', await api.me(login.headers), 200);
      const [id = '', signature = ''] = decodeURIComponent(login.credential).slice(2).split('.');
      const cookieOf = (text: string) => encodeURIComponent(`s:${text}`);
      const forged = [
        cookieOf(`${flip(id)}.${signature}`),
        cookieOf(`${id}.${flip(signature)}`),
        cookieOf(`${id}.`),
        cookieOf(id),
        id,
        cookieOf(`.${signature}`),
        cookieOf(`${randomId()}.${randomId()}`),
        '',
        's%3A',
        'j%3A%7B%22login%22%3A%7B%7D%7D',
        '__proto__',
        cookieOf(`${'a'.repeat(3000)}.${signature}`),
      ];
      const secret = target.settings?.SESSION_SECRETS?.split(',')[0];
      if (secret) forged.push(signedCookie(randomId(), secret), signedCookie('__proto__', secret));
      forged.push(
        ...['', 'secret', 'keyboard cat', 'change-me'].map((key) => signedCookie(id, key)),
      );

      for (const cookie of forged) {
        const answer = await api.me({ Cookie: `${login.cookieName}=${cookie}` });
        evidence.expect('a forged cookie', answer, [401]);
        evidence.expect(
          'it gets no other cookie',
          answer,
          ({ setCookies }) => setCookies.length === 0,
        );
      }
      const texts = ((await target.storage?.rows()) ?? []).flat();
      const left = forged
        .map(idOf)
        .filter((one) => one.length > 20 && one !== id)
        .filter((one) => digestsOf(one).some((form) => texts.some((text) => text.includes(form))));
      evidence.expectThat('nothing is stored of them', left.length === 0, {
        sent: 'forged cookies',
        got: `${left.length} of them stored`,
        expected: 'none',
      });
      evidence.control('the session is still open', await api.me(login.headers), 200);
    },
  },
  {
    ...onSessions,
    id: 25,
    title: 'session ids that can be guessed',
    requirement: 'ASVS v5.0.0-7.2.2, 7.2.3',
    alone: true,
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      const count = scene.target.storage ? 1000 : 100;
      const cookies = await eachAtOnce(Array.from({ length: count }), 8, async () => {
        const { credential } = await api.signIn(account, 'session');
        return idOf(credential);
      });
      const ids = new Set(cookies);
      evidence.controlThat('there are ids to look at', cookies.length === count);
      const shape = { sent: `${count} sign-ins`, expected: '256 random bits each, all unlike' };
      evidence.expectThat('all are unlike', ids.size === count, {
        ...shape,
        got: `${ids.size} ids`,
      });
      const short = cookies.find((id) => Buffer.from(id, 'base64url').length < 32);
      evidence.expectThat('256 bits', short === undefined, { ...shape, got: short ?? '' });
      const bias = worstBias(cookies.map((id) => Buffer.from(id, 'base64url')));
      evidence.note(`${count} ids, the worst of 256 bits is ${bias.toFixed(1)} sigma off one half`);
      evidence.expectThat('every bit is as often 0 as 1', bias < 6, {
        ...shape,
        got: `${bias} sigma`,
      });
    },
  },
  {
    id: 26,
    applies: hasCookies,
    disturbs: true,
    title: 'attributes of cookies',
    requirement: 'ASVS v5.0.0-3.3.1 to 3.3.4',
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      for (const kind of api.kinds) {
        if (kind === 'token' && scene.answers.refreshTransport !== 'cookie') continue;
        const login = await api.signIn(account, kind);
        checkCookies(scene, login.exchange);
        const renewed = kind === 'token' ? await api.refresh(login) : login.exchange;
        if (kind === 'token') checkCookies(scene, renewed);
        evidence.control('the cookie is of use', await api.me(login.headers), 200);

        const value = kind === 'token' ? api.refreshTokenIn(renewed) : login.credential;
        const out = await api.post('/auth/logout', undefined, {
          Cookie: `${login.cookieName}=${value}`,
        });
        evidence.control('signing out', out, 204);
        checkCookies(scene, out, 'taken back');
      }
    },
  },
  {
    id: 27,
    applies: hasCookies,
    disturbs: false,
    undisturbed: true,
    title: '100 visitors who do not sign in',
    requirement: 'ASVS v5.0.0-15.2.2',
    async run({ api, evidence, target }) {
      const stored = async () =>
        ((await target.storage?.rows()) ?? []).map((row) => row.join('\n'));
      const before = new Set(await stored());
      evidence.control('the server answers', await api.visit(), api.welcome);
      const ofApp = api.isInHost ? [] : ['/healthz', '/nowhere'];
      const paths = [...ofApp, '/auth/me', '/auth/sessions'];
      const answers = await eachAtOnce(Array.from({ length: 25 }, () => paths).flat(), 8, (path) =>
        api.get(path),
      );
      for (const answer of answers) {
        evidence.expect(
          'no cookie',
          answer,
          ({ setCookies, status }) => setCookies.length === 0 && status < 500,
        );
      }
      // A session may be made and its cookie kept back.
      const made = (await stored()).filter((row) => !before.has(row));
      evidence.expectThat('nothing is stored of them', made.length === 0, {
        sent: `${answers.length} requests`,
        got: `${made.length} new rows, such as ${made[0]}`,
        expected: 'none',
      });
      if (!target.storage) evidence.note('what is stored of them: needs a look into the database');
    },
  },
];

/** Holds every cookie of an answer against what it must be. */
function checkCookies(scene: Scene, exchange: Exchange, isGiven: 'given' | 'taken back' = 'given') {
  const { evidence, target } = scene;
  const cookies = exchange.setCookies.map(parseSetCookie);
  if (isGiven === 'given')
    evidence.controlThat('there is one cookie', cookies.length === 1, String(cookies.length));
  else
    evidence.expect('the cookie is taken back', exchange, () => cookies.length > 0, 'a Set-Cookie');
  const secure = target.production === true || target.url.protocol === 'https:';
  const now = Date.parse(exchange.headers.date ?? '') || Date.now();
  for (const cookie of cookies) {
    const faults = [
      ...faultsOf(cookie, secure),
      ...(isGiven === 'given' ? faultsOfLife(scene, cookie, now) : faultsOfEnd(cookie, now)),
    ];
    evidence.expect(
      `${cookie.name}, ${isGiven}: ${faults.join(', ')}`,
      exchange,
      () => faults.length === 0,
      'a __Host- cookie, HttpOnly, Secure, SameSite=Strict, Path=/, no Domain, no longer than its login',
    );
  }
}

function faultsOf({ name, attributes }: SetCookie, mustBeSecure: boolean): readonly string[] {
  const secure = name.startsWith('__Host-') || mustBeSecure;
  const unknown = [...attributes.keys()].filter((one) => !ATTRIBUTES.includes(one));
  return [
    ...(/^(?:__Host-)?(?:sid|refresh)$/.test(name) ? [] : ['an unknown name']),
    ...(secure && !name.startsWith('__Host-') ? ['no __Host-'] : []),
    ...(secure && !attributes.has('secure') ? ['no Secure'] : []),
    ...(attributes.has('httponly') ? [] : ['no HttpOnly']),
    ...(attributes.get('samesite')?.toLowerCase() === 'strict' ? [] : ['no SameSite=Strict']),
    ...(attributes.get('path') === '/' ? [] : ['Path is not /']),
    ...(attributes.has('domain') ? ['a Domain'] : []),
    ...unknown.map((one) => `the attribute ${one}`),
  ];
}

const ATTRIBUTES = ['secure', 'httponly', 'samesite', 'path', 'domain', 'max-age', 'expires'];

/** A session's cookie goes with the browser, a refresh token's after as long as the token is good unused. */
function faultsOfLife(
  { target }: Scene,
  { name, attributes }: SetCookie,
  now: number,
): readonly string[] {
  const [age, expires] = [attributes.get('max-age'), attributes.get('expires')];
  if (name.endsWith('sid')) {
    return age === undefined && expires === undefined ? [] : ['it outlives the browser'];
  }
  const set = target.settings?.REFRESH_IDLE_TTL;
  const life = Number(set ?? LONGEST_UNUSED);
  const isRight =
    Number(age) === life || (set === undefined && Number(age) > 0 && Number(age) < life);
  const left = (Date.parse(expires ?? '') - now) / 1000;
  return [
    ...(isRight ? [] : [`Max-Age is not ${life}`]),
    ...(expires === undefined || Math.abs(left - Number(age)) < 60 ? [] : ['Expires is another']),
  ];
}

/** In seconds, where no setting says another. */
const LONGEST_UNUSED = 7 * 24 * 60 * 60;

/** A browser drops a cookie that is over, if it comes with the attributes that it was set with. */
function faultsOfEnd({ value, attributes }: SetCookie, now: number): readonly string[] {
  const isOver =
    Number(attributes.get('max-age') ?? 0) <= 0 &&
    (attributes.has('max-age') || Date.parse(attributes.get('expires') ?? '') < now);
  return [...(value === '' ? [] : ['a value']), ...(isOver ? [] : ['it is not over'])];
}

/** How many standard deviations the most uneven of 256 bits is away from one half. */
function worstBias(ids: readonly Buffer[]): number {
  const bits = Array.from(
    { length: 256 },
    (_, bit) => ids.filter((id) => ((id[bit >> 3] ?? 0) >> (bit & 7)) & 1).length,
  );
  const sigma = Math.sqrt(ids.length) / 2;
  return Math.max(...bits.map((ones) => Math.abs(ones - ids.length / 2) / sigma));
}

/** What a store may know an id by: itself, or its SHA-256. */
function digestsOf(id: string): readonly string[] {
  const digest = createHash('sha256').update(id).digest();
  return [id, digest.toString('base64url'), digest.toString('base64'), digest.toString('hex')];
}

/** The id inside a session cookie `s:id.signature`. */
function idOf(cookie: string): string {
  return decodeURIComponent(cookie).replace(/^s:/, '').split('.')[0] ?? '';
}

function flip(text: string): string {
  const at = text.length >> 1;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

function randomId(): string {
  return randomBytes(32).toString('base64url');
}
