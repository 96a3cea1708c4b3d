import { always, hasCookies } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import type { Exchange } from './client.ts';
import { allowedSample, lookAlikes, neighbours } from './origins.ts';

const harmless = { applies: always, disturbs: false, part: 'cors' } as const;

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';
const ALLOW_METHODS = 'access-control-allow-methods';
const ALLOW_HEADERS = 'access-control-allow-headers';

/** Attacks by pages that want to read answers. */
export const corsAttacks: readonly Attack[] = [
  {
    ...harmless,
    id: 34,
    title: 'foreign origins and look-alikes of allowed ones',
    requirement: 'ASVS v5.0.0-3.4.2',
    run: (scene) => mustNotShare(scene, lookAlikes(scene.answers)),
  },
  {
    ...harmless,
    id: 35,
    title: 'the origin null',
    requirement: 'ASVS v5.0.0-3.4.2',
    run: (scene) => mustNotShare(scene, ['null', 'Null', 'NULL', 'undefined', 'about:blank', '']),
  },
  {
    ...harmless,
    id: 36,
    title: 'another scheme, port or a trailing dot',
    requirement: 'ASVS v5.0.0-3.4.2, RFC 6454 5',
    run: (scene) => mustNotShare(scene, neighbours(scene.answers)),
  },
  {
    id: 37,
    applies: ({ corsOrigins }) => corsOrigins.length > 0,
    disturbs: true,
    part: 'cors',
    title: 'allowed origins, also where the answer is a refusal; caches',
    requirement: 'ASVS v5.0.0-3.4.2, Fetch: CORS protocol and HTTP caches',
    needs: ['addresses'],
    async visit(scene) {
      const { api, evidence, answers } = scene;
      for (const origin of allowedSample(answers)) {
        const headers = { Origin: origin };
        const shared = [
          await api.visit(headers),
          await api.me(headers),
          ...(api.isInHost ? [] : [await api.get('/nowhere', headers)]),
          await api.post('/auth/register', {}, headers),
        ];
        evidence.controlThat(
          'a 401 is among them',
          shared.some(({ status }) => status === 401),
        );
        mustShare(scene, origin, shared);
      }
      for (const headers of [{}, { Origin: 'https://evil.example' }]) {
        evidence.expect('Vary: Origin for others too', await api.visit(headers), variesByOrigin);
        evidence.expect('Vary: Origin on refusals', await api.me(headers), variesByOrigin);
      }
    },
    async run(scene) {
      const { api, evidence, answers } = scene;
      const wrong = { email: 'nobody@attacks.test', password: 'Wrong, but 21 letters' };
      for (const origin of allowedSample(answers)) {
        const shared: Exchange[] = [];
        for (let tries = 0; tries < 101 && shared.at(-1)?.status !== 429; tries += 1) {
          shared.push(await api.trySignIn(wrong, undefined, { Origin: origin }));
        }
        evidence.controlThat('a 429 is among them', shared.at(-1)?.status === 429);
        mustShare(scene, origin, shared);
      }
    },
  },
  {
    ...harmless,
    id: 38,
    title: 'preflights for methods and headers that are not allowed',
    requirement: 'ASVS v5.0.0-3.4.2, Fetch: CORS protocol',
    async run(scene) {
      const { api, evidence, answers } = scene;
      evidence.control('the server answers', await api.visit(), api.welcome);
      const ask = (origin: string, method: string, header: string) =>
        api.send('OPTIONS', '/auth/login', {
          headers: {
            Origin: origin,
            'Access-Control-Request-Method': method,
            'Access-Control-Request-Headers': header,
          },
        });
      for (const origin of allowedSample(answers)) {
        const good = await ask(origin, 'POST', 'content-type');
        evidence.control('an allowed preflight', good, 200, 204);
        evidence.controlThat('its method is allowed', lists(good, ALLOW_METHODS, 'POST'));
        evidence.controlThat('its header is allowed', lists(good, ALLOW_HEADERS, 'content-type'));
        for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'EVIL']) {
          const answer = await ask(origin, method, 'content-type');
          evidence.expect(
            `${method} is not allowed`,
            answer,
            (one) => !lists(one, ALLOW_METHODS, method),
          );
        }
        for (const header of ['X-Evil', 'X-Forwarded-For', 'X-HTTP-Method-Override', 'Cookie']) {
          const answer = await ask(origin, 'POST', header);
          evidence.expect(
            `${header} is not allowed`,
            answer,
            (one) => !lists(one, ALLOW_HEADERS, header),
          );
        }
      }
      for (const origin of ['https://evil.example', 'null']) {
        const answer = await ask(origin, 'POST', 'content-type');
        evidence.expect('a foreign preflight', answer, grantsNothing, 'no Access-Control header');
      }
    },
  },
];

/** Asks as pages of these origins would, simply and by preflight, and must not be let in. */
async function mustNotShare({ api, evidence, answers }: Scene, origins: readonly string[]) {
  evidence.control('the server answers', await api.visit(), api.welcome);
  for (const origin of allowedSample(answers)) {
    const shared = await api.visit({ Origin: origin });
    evidence.controlThat('an allowed origin may read', shared.headers[ALLOW_ORIGIN] === origin);
  }
  for (const origin of origins) {
    for (const answer of [
      await api.visit({ Origin: origin }),
      await api.me({ Origin: origin }),
      await api.send('OPTIONS', '/auth/login', {
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      }),
    ]) {
      evidence.expect('it is not shared', answer, grantsNothing, 'no Access-Control-Allow-Origin');
    }
  }
}

/** Holds what a page of an allowed origin got against what it must get. */
function mustShare({ answers, evidence }: Scene, origin: string, shared: readonly Exchange[]) {
  const credentials = hasCookies(answers) ? 'true' : undefined;
  for (const answer of shared) {
    evidence.expect(
      'it is shared with exactly this origin',
      answer,
      (one) => one.headers[ALLOW_ORIGIN] === origin,
      origin,
    );
    evidence.expect(
      'with credentials where there are cookies',
      answer,
      (one) => one.headers[ALLOW_CREDENTIALS] === credentials,
    );
    evidence.expect('Vary: Origin', answer, variesByOrigin);
  }
}

function grantsNothing({ headers }: Exchange): boolean {
  return headers[ALLOW_ORIGIN] === undefined && headers[ALLOW_CREDENTIALS] === undefined;
}

function variesByOrigin({ headers }: Exchange): boolean {
  return headers.vary?.split(',').some((name) => name.trim().toLowerCase() === 'origin') ?? false;
}

function lists(exchange: Exchange, header: string, value: string): boolean {
  const listed = String(exchange.headers[header] ?? '')
    .toLowerCase()
    .split(',');
  return listed.some((one) => [value.toLowerCase(), '*'].includes(one.trim()));
}
