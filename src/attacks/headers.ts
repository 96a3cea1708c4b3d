import { storedHash, untilLimited } from './accounts.ts';
import { always, newEmail, PASSWORD } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { type Exchange, sendRaw } from './client.ts';
import { expectedHeaders, FORBIDDEN } from './expected-headers.ts';

/** What is wrong with the headers of answers. */
export const headerAttacks: readonly Attack[] = [
  {
    id: 39,
    applies: always,
    disturbs: true,
    title: 'answers without the security headers, whatever their status',
    requirement: 'ASVS v5.0.0-3.4.1, 3.4.3 to 3.4.6, 3.4.8',
    visit: (scene) => answersToVisitors(scene, mustProtect),
    run: (scene) => answersToUsers(scene, mustProtect),
  },
  {
    id: 40,
    applies: always,
    disturbs: true,
    title: 'headers that tell what runs here, or do harm',
    requirement: 'ASVS v5.0.0-13.4.6',
    visit: (scene) => answersToVisitors(scene, mustNotTell),
    run: (scene) => answersToUsers(scene, mustNotTell),
  },
  {
    id: 41,
    applies: always,
    disturbs: true,
    title: 'answers about logins that a cache may keep',
    requirement: 'ASVS v5.0.0-14.3.2',
    async visit(scene) {
      const { api } = scene;
      const unread = { headers: { 'Content-Type': 'text/plain' }, body: 'x' };
      const unknown = await api.me({});
      scene.evidence.control('nobody is signed in', unknown, 401);
      mustNotBeStored(scene, [
        unknown,
        await api.post('/auth/login', {}),
        await api.post('/auth/register', {}),
        await api.post('/auth/logout'),
        await api.get('/auth/login'),
        // Refused before it reaches the routes.
        await api.send('POST', '/auth/login', unread),
        ...(api.isInHost ? [] : [await api.get('/auth/nowhere')]),
      ]);
    },
    async run(scene) {
      const { api, evidence } = scene;
      const email = newEmail();
      const answers = [await api.post('/auth/register', { email, password: PASSWORD })];
      evidence.control('registering', answers[0] as Exchange, 201);
      const account = { email, password: PASSWORD };
      for (const kind of api.kinds) {
        const login = await api.signIn({ ...account, id: '' }, kind);
        answers.push(login.exchange);
        answers.push(await api.me(login.headers));
        answers.push(await api.get('/auth/sessions', login.headers));
        if (kind === 'token') answers.push(await api.refresh(login));
        if (kind === 'token') answers.push(await api.refresh(login));
        answers.push(await api.post('/auth/logout', undefined, login.headers));
      }
      answers.push(await api.trySignIn({ email: newEmail(), password: 'x' }));
      answers.push(await api.post('/auth/register', account));
      mustNotBeStored(scene, answers);
    },
  },
  {
    id: 42,
    applies: always,
    disturbs: true,
    title: '401, 405 and 429 without the header that they owe; TRACE',
    requirement: 'RFC 9110 15.5.2 and 15.5.6, RFC 6585 4, ASVS v5.0.0-13.4.4',
    needs: ['addresses'],
    async visit(scene) {
      const { api, evidence, answers } = scene;
      const unknown = await api.me({});
      evidence.control('401 where nobody is signed in', unknown, 401);
      if (answers.auth !== 'session') {
        evidence.expect('it asks for a Bearer', unknown, (one) =>
          /\bBearer\b/.test(challenge(one)),
        );
        const invalid = await api.me({ Authorization: 'Bearer x' });
        evidence.expect('it calls a bad token bad', invalid, (one) =>
          /error="invalid_token"/.test(challenge(one)),
        );
      }
      if (answers.auth !== 'jwt') {
        evidence.expect('it asks for a cookie', unknown, (one) =>
          /\bCookie\b.*cookie-name=/.test(challenge(one)),
        );
      }
      for (const [method, path, allowed] of [
        ['GET', '/auth/login', 'POST'],
        ['DELETE', '/auth/me', 'GET'],
        ['PUT', '/auth/register', 'POST'],
        ['PATCH', api.visited, 'GET'],
      ] as const) {
        const answer = await api.send(method, path);
        evidence.expect(
          `${method} ${path}`,
          answer,
          ({ status, headers }) =>
            status === 405 && new RegExp(`\\b${allowed}\\b`).test(headers.allow ?? ''),
          `405 with Allow: ${allowed}`,
        );
      }

      const secret = 'not-to-be-echoed';
      const traced = await api.send('TRACE', '/auth/me', { headers: { 'X-Secret': secret } });
      evidence.expect(
        'TRACE',
        traced,
        ({ status, text }) => status >= 400 && status < 600 && !text.includes(secret),
      );
      const raw = await sendRaw(
        api.target.url,
        `TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: ${secret}\r\nConnection: close\r\n\r\n`,
      );
      evidence.expectThat('TRACE is not echoed', !raw.includes(secret), {
        sent: 'TRACE /',
        got: raw.slice(0, 200),
        expected: 'no echo',
      });
    },
    async run(scene) {
      const { api, evidence } = scene;
      evidence.expect(
        'a failed sign-in',
        await api.trySignIn({ email: newEmail(), password: 'x' }),
        (one) => one.status === 401 && challenge(one) !== '',
      );
      evidence.expect(
        'a limit says when to come back',
        await untilLimited(scene),
        ({ status, headers }) => status === 429 && /^[1-9]\d*$/.test(headers['retry-after'] ?? ''),
        '429 with Retry-After in seconds',
      );
    },
  },
];

function challenge({ headers }: Exchange): string {
  return headers['www-authenticate'] ?? '';
}

function mustProtect({ answers, target, evidence }: Scene, exchanges: readonly Exchange[]) {
  const needsTransport = target.production === true || target.url.protocol === 'https:';
  for (const exchange of exchanges) {
    for (const [name, matches] of expectedHeaders(answers, needsTransport)) {
      evidence.expect(
        `${name} of a ${exchange.status}`,
        exchange,
        ({ headers }) => matches(headers[name]),
        'as the answers say',
      );
    }
  }
}

function mustNotTell({ evidence }: Scene, exchanges: readonly Exchange[]) {
  for (const exchange of exchanges) {
    for (const [name, isFine] of FORBIDDEN) {
      evidence.expect(`no ${name} on a ${exchange.status}`, exchange, ({ headers }) =>
        isFine(headers[name]),
      );
    }
  }
}

function mustNotBeStored({ evidence }: Scene, exchanges: readonly Exchange[]) {
  for (const exchange of exchanges) {
    evidence.expect(`no-store on a ${exchange.status}`, exchange, ({ headers }) =>
      /(?:^|,)\s*no-store/.test(headers['cache-control'] ?? ''),
    );
  }
}

/** Looks at answers. */
type Must = (scene: Scene, exchanges: readonly Exchange[]) => void;

/** Answers of every class, from all layers of a server, that anybody can get. */
async function answersToVisitors(scene: Scene, must: Must): Promise<void> {
  const { api } = scene;
  const answers = [
    await api.visit(),
    await api.me({}),
    await api.send('PUT', api.visited),
    await api.send('POST', '/auth/login', { headers: { 'Content-Type': 'text/plain' }, body: 'x' }),
    await api.send('POST', '/auth/login', {
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    }),
    await api.post('/auth/login', { email: 'x'.repeat(20_000) }),
    await api.post('/auth/register', {}),
    await api.post('/auth/logout'),
    ...(api.isInHost ? [] : [await api.get('/nowhere'), await api.get('/%ZZ')]),
    // Where an app has CORS of its own, that answers preflights.
    ...(scene.target.host?.parts.includes('cors')
      ? []
      : [await api.send('OPTIONS', '/auth/login')]),
  ];
  must(scene, answers);
  // Of an app's module, a visitor sees no more.
  const elsewhere = api.isInHost ? [] : [200, 404];
  mustBeAmong(scene, answers, [204, 400, 401, 405, 413, 415, ...elsewhere]);
}

/** Those that it takes an account to get. */
async function answersToUsers(scene: Scene, must: Must): Promise<void> {
  const { api, evidence } = scene;
  const { headers } = await api.newLogin();
  const answers = [
    await api.me(headers),
    await api.send('DELETE', '/auth/sessions/nobodys', { headers }),
    await api.post('/auth/logout', undefined, headers),
  ];
  const failed = await serverError(scene);
  if (failed) answers.push(failed);
  else evidence.note('a 500: needs a look into the database');
  must(scene, answers);
  mustBeAmong(scene, answers, [200, 404, 204]);
}

function mustBeAmong(
  { evidence }: Scene,
  answers: readonly Exchange[],
  statuses: readonly number[],
): void {
  for (const wanted of statuses) {
    evidence.controlThat(
      `a ${wanted} is among them`,
      answers.some(({ status }) => status === wanted),
    );
  }
}

/** Makes the server fail: a stored password that no algorithm can read. */
export async function serverError(scene: Scene): Promise<Exchange | undefined> {
  const { api, target, evidence } = scene;
  if (!target.storage) return undefined;
  const account = await api.register();
  const hash = await storedHash(scene, account);
  await target.storage.replace(hash, 'no hash that anybody knows');
  const answer = await api.trySignIn(account);
  evidence.control('a server error', answer, 500);
  return answer;
}
