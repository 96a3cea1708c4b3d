import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { always, newEmail, PASSWORD } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { attempt, type Call, type Exchange, quickest, sendRaw, valueAt } from './client.ts';
import { naughtyTexts } from './naughty.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Attacks by what is sent. */
export const inputAttacks: readonly Attack[] = [
  {
    id: 55,
    applies: always,
    disturbs: false,
    title: 'bodies that are broken, deep, compressed or vast',
    requirement: 'ASVS v5.0.0-15.2.2',
    async run({ api, evidence }) {
      evidence.control('an ordinary body', await api.post('/auth/register', {}), 400);
      const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
      const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, 0]));
      const bomb = gzipSync(Buffer.from(`{"email":"${'a'.repeat(20_000_000)}"}`));
      const bodies: readonly (readonly [string, Call])[] = [
        ...[
          '{',
          '{"a":',
          'nonsense',
          '"text"',
          '[]',
          'null',
          '1',
          '{"a":1}}',
          "{'a':1}",
          '\0',
          '\xff',
          '{"a":NaN}',
          '\uFEFF{}',
        ].map((body) => [`the body ${JSON.stringify(body)}`, { body }] as const),
        ['no body', { body: '' }],
        ['50,000 brackets', { body: deep }],
        ['7,000 brackets', { body: `${'['.repeat(7000)}${']'.repeat(7000)}` }],
        ['100,000 keys', { json: keys }],
        ['20 MB in 20 kB', { body: bomb, headers: { 'Content-Encoding': 'gzip' } }],
        ['gzip that is none', { body: 'x', headers: { 'Content-Encoding': 'gzip' } }],
        ['an unknown encoding', { body: '{}', headers: { 'Content-Encoding': 'x-evil' } }],
        [
          'UTF-16',
          {
            body: Buffer.from('{}', 'utf16le'),
            headers: { 'Content-Type': 'application/json; charset=utf-16' },
          },
        ],
        [
          'an unknown charset',
          { body: '{}', headers: { 'Content-Type': 'application/json; charset=evil' } },
        ],
      ];
      for (const path of ['/auth/register', '/auth/login']) {
        for (const [what, call] of bodies) {
          const headers = { ...JSON_TYPE, ...call.headers };
          const answer = await quickest(2000, () => api.send('POST', path, { ...call, headers }));
          // What is said of a body beside that it is JSON may be what the server does not take.
          const statuses = call.headers ? [400, 413, 415] : [400, 413];
          evidence.expect(`${path}: ${what}`, answer, statuses);
          evidence.expect(
            'it is answered in under 2 seconds',
            answer,
            ({ milliseconds }) => milliseconds < 2000,
          );
        }
      }
      evidence.control('an ordinary body afterwards', await api.post('/auth/register', {}), 400);
    },
  },
  {
    id: 56,
    applies: always,
    disturbs: true,
    title: 'pollution of prototypes',
    requirement: 'ASVS v5.0.0-15.3.6',
    async run({ api, evidence }) {
      const login = await api.newLogin();
      const { email, password } = login.account;
      const before = await api.me(login.headers);
      evidence.control('signed in', before, 200);
      const good = JSON.stringify({ email, password }).slice(1, -1);
      // Where these get into all objects, an empty one signs in.
      const evil = `{${good}}`;
      const more = '{"x":"polluted","isAdmin":true}';
      const path = api.signInPath(login.kind);
      for (const body of [
        `{"__proto__":${evil},${good}}`,
        `{${good},"__proto__":${evil}}`,
        `{"constructor":{"prototype":${evil}},${good}}`,
        `{"__proto__":${evil}}`,
        `{"email":{"__proto__":${evil}},"password":""}`,
        `{"__proto__":${more},${good}}`,
        `{"__proto__":null,${good}}`,
        `{"__proto__.x":"polluted",${good}}`,
      ]) {
        const answer = await attempt(() => api.send('POST', path, { body, headers: JSON_TYPE }));
        const bare = await attempt(() => api.post(path, {}));
        const after = await attempt(() => api.me(login.headers));
        // A server whose objects all have one more member may do anything, or end.
        const sound = [200, 400].includes(answer?.status ?? 0) && bare?.status === 400;
        evidence.expectThat('objects stay as they were', sound && after?.text === before.text, {
          sent: body,
          got: [answer, bare, after].map((one) => one?.status ?? 'no answer').join(', '),
          expected: '200 or 400, then 400 for {}, then the same user',
        });
      }
    },
  },
  {
    id: 57,
    applies: always,
    disturbs: true,
    title: 'fields that are not asked for, and values of another kind',
    requirement: 'ASVS v5.0.0-15.3.3, 15.3.5, 15.3.7',
    async run({ api, evidence }) {
      const account = await api.register();
      evidence.control('signing in', await api.trySignIn(account), 200);
      const id = '11111111-1111-4111-8111-111111111111';
      for (const extra of [
        { role: 'admin' },
        { id },
        { isAdmin: true },
        { createdAt: 0 },
        { disabledAt: null },
        { user: { id } },
      ]) {
        const email = newEmail();
        const answer = await api.post('/auth/register', { email, password: PASSWORD, ...extra });
        evidence.expect('it is refused, or left out', answer, [201, 400]);
        const user = valueAt(answer.json, 'user');
        const given = JSON.stringify(user ?? {});
        evidence.expect(
          'nobody chooses an id or a role',
          answer,
          () => !given.includes(id) && !/admin|role/i.test(given.replace(email, '')),
        );
      }
      for (const odd of [
        [account.email],
        { $ne: null },
        { $gt: '' },
        1,
        true,
        null,
        {},
        [],
        [[account.email]],
      ]) {
        for (const path of [...api.kinds.map((kind) => api.signInPath(kind)), '/auth/register']) {
          const emailed = await api.post(path, { email: odd, password: account.password });
          evidence.expect(`${path}: an email that is no text`, emailed, [400]);
          const passworded = await api.post(path, { email: account.email, password: odd });
          evidence.expect(`${path}: a password that is no text`, passworded, [400]);
        }
      }
      const doubled = `{"email":"${newEmail()}","email":"${account.email}","password":${JSON.stringify(account.password)}}`;
      const twice = await api.send('POST', '/auth/register', { body: doubled, headers: JSON_TYPE });
      evidence.expect('a field twice: the last counts, everywhere', twice, [400, 409]);
    },
  },
  {
    id: 58,
    applies: always,
    disturbs: true,
    title: 'line ends and naughty strings, in fields, addresses and headers',
    requirement: 'ASVS v5.0.0-16.4.1',
    needs: ['addresses'],
    async visit(scene) {
      const { api, evidence, target } = scene;
      evidence.control('the server answers', await api.visit(), api.welcome);
      for (const text of naughtyTexts()) {
        const answers = [
          await api.get(`/auth/${percentEncoded(text)}?q=${percentEncoded(text)}`),
          await api.send('DELETE', `/auth/sessions/${percentEncoded(text)}`),
        ];
        if (!/\p{Cc}/u.test(text)) {
          const headers = {
            'User-Agent': text,
            Cookie: text,
            Authorization: text,
            Origin: text,
            'X-Request-Id': text,
          };
          answers.push(await api.get('/auth/me', headers));
        }
        mustBearWith(scene, text, answers);
      }
      for (const path of [
        `/auth/${'%0d%0a'}Set-Cookie:forged=1`,
        '/%ZZ',
        '/auth/sessions/%ff',
        '//evil.example/',
        '/auth/..%2f..%2f',
        '/auth/me%00',
      ]) {
        const answer = await api.get(path);
        evidence.expect(
          'an odd address',
          answer,
          ({ status, setCookies }) => status >= 400 && status < 500 && setCookies.length === 0,
        );
      }
      for (const bytes of [
        `GET /auth/me HTTP/1.1\r\nHost: x\r\nX: a\rb\r\nConnection: close\r\n\r\n`,
        'GET / HTTP/9.9\r\n\r\n',
        '\0\0\0\0\r\n\r\n',
        'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x',
      ]) {
        const raw = await sendRaw(target.url, bytes, 500);
        evidence.expectThat('odd bytes', !/^HTTP\/1\.1 5(?!05)/.test(raw), {
          sent: JSON.stringify(bytes),
          got: raw.slice(0, 100),
          expected: 'no server error',
        });
      }
    },
    async run(scene) {
      const { api, evidence, target } = scene;
      evidence.control('signing in', await api.trySignIn(await api.register()), 200);
      for (const text of naughtyTexts()) {
        mustBearWith(scene, text, [
          await api.trySignIn({ email: text, password: text }),
          await api.post('/auth/register', { email: text, password: PASSWORD }),
        ]);
      }

      if (!target.logLines) return evidence.note('lines of the log: needs the log');
      await sleep(200);
      const broken = target.logLines().filter((line) => line !== '' && !isObject(line));
      evidence.expectThat('each line of the log is one JSON object', broken.length === 0, {
        sent: 'line ends',
        got: broken.slice(0, 3).join(' | '),
        expected: 'nothing that begins a line of its own',
      });
    },
  },
];

/** Holds the answers to a naughty text against what they must be. */
function mustBearWith({ evidence }: Scene, text: string, answers: readonly Exchange[]): void {
  for (const answer of answers) {
    evidence.expect(
      `no server error for ${JSON.stringify(text).slice(0, 60)}`,
      answer,
      ({ status }) => status >= 200 && status < 500,
    );
    const injected = Object.keys(answer.headers).some((name) => name.includes('forged'));
    evidence.expect('no header is injected', answer, () => !injected);
  }
}

/** Every byte by its number, also of what is no text. */
function percentEncoded(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '%$&');
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !('forged' in value);
  } catch {
    return false;
  }
}
