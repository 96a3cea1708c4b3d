import { untilLimited } from './accounts.ts';
import { always, bearer, hasCookies, hasTokens, newEmail } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { type Exchange, valueAt } from './client.ts';
import type { Evidence } from './evidence.ts';
import { serverError } from './headers.ts';
import { eachAtOnce } from './runner.ts';
import { WELL_KNOWN_SECRETS } from './well-known.ts';

const FORGED = '198.51.100.7';
const SEEN = '203.0.113.9';
const EVIL_HOST = 'evil.example';

/** Attacks on how the server is put up: behind which proxy, with which settings, with what lying about. */
export const deploymentAttacks: readonly Attack[] = [
  {
    id: 61,
    applies: always,
    disturbs: true,
    part: 'proxy',
    title: 'forged X-Forwarded-* and Host',
    requirement: 'ASVS v5.0.0-4.1.3',
    needs: ['start'],
    async visit(scene) {
      const { api, evidence } = scene;
      evidence.control('the server answers', await api.visit(), api.welcome);
      await mustNotBelieve(scene, 'whatever is trusted');
      for (const answer of [
        await api.visit({ Host: EVIL_HOST }),
        await api.me({ ...FORGED_HEADERS, Host: EVIL_HOST }),
      ]) {
        mustNotEcho(evidence, answer);
      }
    },
    async run(scene) {
      const { api, evidence } = scene;
      const account = await api.register();
      const login = await api.signIn(account, undefined, FORGED_HEADERS);
      const listed = JSON.stringify(await api.sessions(login.headers));
      evidence.controlThat('the login is listed', listed.includes('"ip"'));
      evidence.expect(
        'trust off: the address cannot be forged',
        login.exchange,
        () => !listed.includes(FORGED),
        listed,
      );
      mustNotEcho(evidence, login.exchange);

      // Which proxies an app trusts is its own to say.
      if (api.isInHost) return;
      const behind = await scene.start({ TRUST_PROXY: '1' });
      const user = await behind.register();
      const proxied = await behind.signIn(user, undefined, {
        ...FORGED_HEADERS,
        'X-Forwarded-For': `${FORGED}, ${SEEN}`,
      });
      const addresses = (await behind.sessions(proxied.headers)).map((one) => valueAt(one, 'ip'));
      evidence.expectThat(
        'one hop: the address is the one that the proxy saw',
        addresses.join() === SEEN,
        { sent: `X-Forwarded-For: ${FORGED}, ${SEEN}`, got: addresses.join(), expected: SEEN },
      );
      mustNotEcho(evidence, proxied.exchange);
      // Most proxies pass on what a client claims of the host.
      await mustNotBelieve({ ...scene, api: behind }, 'one hop');
      const plain = await behind.signIn(user, undefined, { 'X-Forwarded-Proto': 'http' });
      const [safe, claimed] = [proxied, plain].map(({ exchange }) => cookieShapes(exchange));
      evidence.expect(
        'one hop: a scheme that is claimed makes no cookie weaker',
        plain.exchange,
        () => claimed === safe,
        safe,
      );

      await eachAtOnce(['true', '*', '0.0.0.0/0', '::/0'], 4, async (trust) => {
        const { exitCode, listened } = await scene.refusal({ TRUST_PROXY: trust });
        evidence.expectThat(`TRUST_PROXY=${trust} is refused`, !listened && exitCode !== 0, {
          sent: `TRUST_PROXY=${trust}`,
          got: listened ? 'it listens' : `exit ${exitCode}`,
          expected: 'it does not start',
        });
      });
    },
  },
  {
    id: 62,
    applies: always,
    disturbs: false,
    title: 'starting with secrets or settings that are not safe',
    requirement: 'ASVS v5.0.0-11.2.3, 3.4.2, 6.2.1',
    needs: ['start', 'keys'],
    async run(scene) {
      const { evidence, answers, target } = scene;
      const control = await scene.refusal({
        ...(answers.sessionStore === 'memory' && { NODE_ENV: 'development' }),
      });
      evidence.controlThat('it starts with good settings', control.listened, control.output);
      evidence.note(
        'no setting makes a cookie less than Secure in production: 26 looks at cookies',
      );
      const secrets = Object.values(target.settings ?? {}).filter((value) => value.length >= 40);
      await eachAtOnce(unsafeSettings(scene), 4, async ([what, settings]) => {
        const { listened, exitCode, output } = await scene.refusal(settings);
        const names = Object.keys(settings);
        const finding = {
          sent: names.join(', '),
          got: listened ? 'it listens' : `exit ${exitCode}: ${output}`,
          expected: 'it ends with a status that is not 0, and says which setting is wrong',
        };
        const ended = !listened && exitCode !== null && exitCode !== 0;
        evidence.expectThat(what, ended, finding);
        const named = names.some((name) => output.includes(name));
        evidence.expectThat(`${what}: it says which setting`, named, finding);
        const shown = secrets.some((secret) => output.includes(secret));
        evidence.expectThat(`${what}: it shows no secret`, !shown, finding);
      });
    },
  },
  {
    id: 63,
    applies: always,
    disturbs: true,
    title: 'files that lie about, errors that tell, logs that tell or keep silent',
    requirement: 'ASVS v5.0.0-13.4.1, 16.2.5, 16.3.1, 16.5.1',
    async visit({ api, evidence }) {
      evidence.control('the server answers', await api.visit(), api.welcome);
      for (const path of HIDDEN) {
        const answer = await api.get(path);
        // A proxy in front may refuse what leads out of its root, or nowhere, before it looks for it.
        const isOdd = path.includes('%');
        evidence.expect(
          path,
          answer,
          ({ status, text }) =>
            (status === 404 || (isOdd && status === 400)) && !/SECRETS|\[core\]|root:/.test(text),
          '404',
        );
      }
    },
    async run(scene) {
      const { api, evidence, target } = scene;
      const failed = await serverError(scene);
      if (failed) {
        evidence.expect(
          'a server error is told as a bare problem',
          failed,
          ({ headers, text }) =>
            /^application\/problem\+json/.test(headers['content-type'] ?? '') &&
            !/hash|stack|\.(?:js|ts)\b|node_modules|Error:|SELECT/i.test(text),
        );
        evidence.expect('the server lives on', await api.visit(), [api.welcome]);
      } else {
        evidence.note('a server error: needs a look into the database');
      }
      if (target.logLines) await lookIntoLogs(scene, target.logLines);
      else evidence.note('what the log holds: needs the log');
    },
  },
];

const FORGED_HEADERS = {
  'X-Forwarded-For': FORGED,
  'X-Forwarded-Host': EVIL_HOST,
  'X-Forwarded-Proto': 'https',
  'X-Real-IP': FORGED,
  Forwarded: `for=${FORGED};host=${EVIL_HOST}`,
};

/** Claims to be of the server's own host. */
async function mustNotBelieve({ api, answers, evidence }: Scene, when: string): Promise<void> {
  if (!api.isInHost) {
    const headers = { ...FORGED_HEADERS, Host: EVIL_HOST };
    mustNotEcho(evidence, await api.get('//nowhere', headers));
  }
  if (!hasCookies(answers)) return;
  const { host } = api.target.url;
  for (const claimed of [EVIL_HOST, `${EVIL_HOST}, ${host}`, `${host}, ${EVIL_HOST}`]) {
    const headers = {
      ...FORGED_HEADERS,
      'X-Forwarded-Host': claimed,
      Origin: `https://${EVIL_HOST}`,
    };
    const cross = await api.post('/auth/logout', undefined, headers);
    evidence.expect(`${when}: a forged host is not the server's own`, cross, [403]);
  }
}

function mustNotEcho(evidence: Evidence, answer: Exchange): void {
  const { text, headers, setCookies } = answer;
  const echoed = [text, ...setCookies, JSON.stringify(headers)].some((one) =>
    one.includes(EVIL_HOST),
  );
  evidence.expect('a host that is claimed is nowhere in the answer', answer, () => !echoed);
}

/** The cookies of an answer without what they hold. */
function cookieShapes({ setCookies }: Exchange): string {
  return setCookies
    .map((line) => line.replace(/=[^;]*/, '').replace(/Expires=[^;]*/i, 'Expires'))
    .join(' | ');
}

const HIDDEN = [
  '/.env',
  '/.env.example',
  '/.git/config',
  '/.git/HEAD',
  '/.secure-express/manifest.json',
  '/package.json',
  '/src/server.ts',
  '/dist/server.js',
  '/data/app.db',
  '/node_modules/express/package.json',
  '/..%2f.env',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/auth/..%2f..%2f.env',
  '/auth/.env',
  '/static/../.env',
  '/.env%00.json',
  '/debug',
  '/metrics',
  '/server-status',
  '/swagger.json',
  '/graphql',
];

type Changes = Readonly<Record<string, string | undefined>>;

/** Settings that a server must not start with, each by itself. */
function unsafeSettings({ answers, target }: Scene): readonly (readonly [string, Changes])[] {
  const secrets = ['SESSION_SECRETS', 'JWT_SECRETS'].filter((name) => target.settings?.[name]);
  const good = (name: string) => target.settings?.[name] ?? '';
  const placeholder = 'change-me-to-a-long-random-string-of-32-chars';
  const known =
    WELL_KNOWN_SECRETS.find(
      (secret) => secret === 'super-secret-jwt-token-with-at-least-32-characters-long',
    ) ?? '';
  return [
    ...secrets.flatMap((name): [string, Changes][] => [
      [`no ${name}`, { [name]: undefined }],
      [`an empty ${name}`, { [name]: '' }],
      [`a short secret in ${name}`, { [name]: 'Kj8!s0_qPz' }],
      [`a placeholder in ${name}`, { [name]: placeholder }],
      [`a well-known secret in ${name}`, { [name]: known }],
      [`a secret that repeats itself in ${name}`, { [name]: 'a'.repeat(40) }],
      [`one secret twice in ${name}`, { [name]: `${good(name)},${good(name)}` }],
      [`a short secret behind a good one in ${name}`, { [name]: `${good(name)},short` }],
    ]),
    ...(secrets.length === 2
      ? [
          [
            'one secret for two uses',
            { SESSION_SECRETS: good('JWT_SECRETS'), JWT_SECRETS: good('JWT_SECRETS') },
          ] as const,
        ]
      : []),
    ...(target.settings?.JWT_PRIVATE_KEYS
      ? ([
          ['no JWT_PRIVATE_KEYS', { JWT_PRIVATE_KEYS: undefined }],
          ['JWT_PRIVATE_KEYS that is no key', { JWT_PRIVATE_KEYS: 'bm90IGEga2V5' }],
          [
            'JWT_PRIVATE_KEYS without the private part',
            { JWT_PRIVATE_KEYS: publicOnly(target.settings.JWT_PRIVATE_KEYS) },
          ],
        ] as const)
      : []),
    ...(answers.sessionStore === 'memory'
      ? [['sessions in memory in production', { NODE_ENV: 'production' }] as const]
      : []),
    ...(answers.corsOrigins.length > 0
      ? ([
          ['CORS for everybody', { CORS_ORIGINS: '*' }],
          ['CORS for null', { CORS_ORIGINS: 'null' }],
          ['CORS for http in production', { CORS_ORIGINS: 'http://app.example.com' }],
          ['CORS for all of a top-level domain', { CORS_ORIGINS: 'https://*.com' }],
        ] as const)
      : []),
    ['passwords of 4 characters', { PASSWORD_MIN_LENGTH: '4' }],
    [
      'a database out of reach',
      {
        DATABASE_URL:
          answers.database === 'postgres' ? 'postgres://127.0.0.1:1/x' : 'file:/dev/null/app.db',
        ...(answers.sessionStore === 'memory' && { NODE_ENV: 'development' }),
      },
    ],
    ...(answers.sessionStore === 'redis'
      ? [['a Redis out of reach', { REDIS_URL: 'redis://127.0.0.1:1' }] as const]
      : []),
  ];
}

function publicOnly(setting: string): string {
  const { d: _, ...jwk } = JSON.parse(Buffer.from(setting, 'base64url').toString());
  return Buffer.from(JSON.stringify(jwk)).toString('base64url');
}

/** Does what must be logged, and holds the log against the secrets that took part. */
async function lookIntoLogs(scene: Scene, logLines: () => readonly string[]): Promise<void> {
  const { api, evidence, answers } = scene;
  const secrets = new Set<string>();
  const account = await api.register('Plums & 8 Figs at ~6');
  secrets.add(account.password);

  const logged = async (what: string, pattern: RegExp, act: () => Promise<unknown>) => {
    const before = logLines().length;
    await act();
    const since = () =>
      logLines()
        .slice(before)
        .filter((line) => pattern.test(line));
    for (let waits = 0; waits < 40 && since().length === 0; waits += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    evidence.expectThat(`${what} is logged`, since().length > 0, {
      sent: what,
      got: 'no line',
      expected: String(pattern),
    });
  };

  const login = await api.signIn(account);
  secrets.add(login.credential);
  await logged('a sign-in', new RegExp(account.id), () => api.signIn(account));
  const typed = 'Wrong 4 me, or am I?';
  secrets.add(typed);
  await logged('a failed sign-in', /fail/i, () => api.trySignIn({ ...account, password: typed }));
  if (hasTokens(answers)) {
    const token = await api.signIn(account, 'token');
    const next = await api.refresh(token);
    for (const secret of [token.credential, token.refreshToken, api.refreshTokenIn(next)])
      secrets.add(secret ?? '');
    await logged('a token used twice', /reus|replay/i, () => api.refresh(token));
    await api.get(`/auth/me?access_token=${token.credential}`);
    await api.me(bearer(`${token.credential}x`));
  }
  const changed = 'Pears & 8 Nuts at ~6!';
  secrets.add(changed);
  await api.post(
    '/auth/password',
    { currentPassword: account.password, newPassword: changed },
    login.headers,
  );
  await logged('a lock', /limit|lock/i, () => untilLimited(scene, newEmail()));

  const lines = logLines().join('\n');
  secrets.delete('');
  for (const secret of secrets) {
    const shown = [secret, decodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some(
      (form) => lines.includes(form),
    );
    evidence.expectThat('no credential is logged', !shown, {
      sent: 'passwords, tokens and cookies',
      got: `the log holds ${secret}`,
      expected: 'none of them',
    });
  }
}
