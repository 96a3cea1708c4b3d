import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, hasTokens } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import {
  algorithmOf,
  byToken,
  type Forgery,
  type Material,
  material,
  mustRefuse,
  ownSigner,
} from './jwt.ts';
import { encodePart, hmacSigner, type Members, mint } from './tokens.ts';

const onTokens = { applies: hasTokens, disturbs: true } as const;

/** Attacks on what stands in a token, on its spelling, and on where it is sent; jwt.ts has those on its signature. */
export const claimAttacks: readonly Attack[] = [
  {
    ...onTokens,
    id: 8,
    title: 'exp past, missing or no number; nbf in the future',
    requirement: 'ASVS v5.0.0-9.2.1',
    needs: ['keys'],
    ...byToken(async (scene, real) => {
      const { token, claims, resign } = await resignable(scene, real);
      const now = Math.floor(Date.now() / 1000);
      await mustRefuse(scene, token, [
        ['exp a minute ago', resign({ exp: now - 60 })],
        ['exp a day ago', resign({ exp: now - 86_400, iat: now - 90_000 })],
        ['exp 0', resign({ exp: 0 })],
        ['exp below 0', resign({ exp: -1 })],
        ['no exp', resign({ exp: undefined })],
        ['exp null', resign({ exp: null })],
        ['exp a string', resign({ exp: String(claims.exp) })],
        ['exp a list', resign({ exp: [claims.exp] })],
        ['exp an object', resign({ exp: {} })],
        ['exp true', resign({ exp: true })],
        ['nbf in an hour', resign({ nbf: now + 3600 })],
        ['nbf a string', resign({ nbf: 'tomorrow' })],
      ]);
      // A server may remember what it has checked, but not beyond the end.
      const end = Math.floor(Date.now() / 1000) + 3;
      const brief = resign({ exp: end });
      scene.evidence.control('a token before its end', await scene.api.logins(bearer(brief)), 200);
      await sleep((end + 1) * 1000 - Date.now());
      scene.evidence.expect('the same after its end', await scene.api.logins(bearer(brief)), [401]);
    }),
  },
  {
    ...onTokens,
    id: 9,
    title: 'iss or aud wrong or missing',
    requirement: 'ASVS v5.0.0-9.2.3, RFC 8725 3.8',
    needs: ['keys'],
    ...byToken(async (scene, real) => {
      const { token, claims, resign } = await resignable(scene, real);
      const wrong = (name: 'iss' | 'aud'): Forgery[] => [
        [`no ${name}`, resign({ [name]: undefined })],
        [`${name} of another service`, resign({ [name]: 'another-service' })],
        [`${name} with more after it`, resign({ [name]: `${claims[name]}.evil` })],
        [`${name} empty`, resign({ [name]: '' })],
        [`${name} null`, resign({ [name]: null })],
        [`${name} true`, resign({ [name]: true })],
        [`${name} an object`, resign({ [name]: {} })],
        [`${name} an empty list`, resign({ [name]: [] })],
        [`${name} a list of others`, resign({ [name]: ['a', 'b'] })],
      ];
      await mustRefuse(scene, token, [...wrong('iss'), ...wrong('aud')]);
    }),
  },
  {
    ...onTokens,
    id: 10,
    title: 'one kind of token in place of another',
    requirement: 'ASVS v5.0.0-9.2.2, RFC 8725 3.11',
    async run(scene) {
      const { api, evidence } = scene;
      const { login, token, header, claims } = await material(scene);
      const forgeries: Forgery[] = [['a refresh token as access token', login.refreshToken ?? '']];
      if (scene.target.settings) {
        const sign = ownSigner(scene);
        for (const typ of ['JWT', 'jwt', undefined, 'refresh+jwt', 'id+jwt', 'dpop+jwt', '', 1]) {
          forgeries.push([`typ ${typ}`, mint({ ...header, typ }, claims, sign)]);
        }
      } else {
        evidence.note('typ of rightly signed tokens: needs the keys');
      }
      await mustRefuse(scene, token, forgeries);
      const asRefresh = await api.refresh(login, token);
      // In a body it is refused for its length already.
      const inBody = scene.answers.refreshTransport === 'body';
      evidence.expect('an access token as refresh token', asRefresh, inBody ? [400, 401] : [401]);
      evidence.control('the refresh token itself is accepted', await api.refresh(login), 200);
    },
  },
  {
    ...onTokens,
    id: 11,
    title: 'an unknown crit, another algorithm',
    requirement: 'RFC 7515 4.1.11, RFC 8725 3.1',
    needs: ['keys'],
    ...byToken(async (scene, real) => {
      const { token, header, claims, reheaded } = await resignable(scene, real);
      const secret = scene.target.settings?.JWT_SECRETS?.split(',')[0];
      const stronger = ['sha384', 'sha512'].map((hash): Forgery => {
        const alg = `HS${hash.slice(3)}`;
        return [alg, mint({ ...header, alg }, claims, hmacSigner(secret ?? '', hash))];
      });
      await mustRefuse(scene, token, [
        ['crit with an unknown name', reheaded({ crit: ['x'], x: 1 })],
        ['crit b64', reheaded({ crit: ['b64'], b64: true })],
        ['crit exp', reheaded({ crit: ['exp'], exp: 1 })],
        ['crit empty', reheaded({ crit: [] })],
        ['crit no list', reheaded({ crit: 'x' })],
        ['crit with no such member', reheaded({ crit: ['y'] })],
        ['compressed', reheaded({ zip: 'DEF' })],
        ...['RS256', 'ES384', 'ES256K', 'PS256', 'dir', 'HS384']
          .filter((alg) => alg !== algorithmOf(scene))
          .map((alg): Forgery => [`the right signature under the name ${alg}`, reheaded({ alg })]),
        ['the algorithm in small letters', reheaded({ alg: algorithmOf(scene).toLowerCase() })],
        ['a list of algorithms', reheaded({ alg: [algorithmOf(scene)] })],
        ...stronger,
      ]);
    }),
  },
  {
    ...onTokens,
    id: 12,
    title: 'another spelling of a good token: spaces, padding, stray bits, JSON',
    requirement: 'RFC 7515 2 and 7.1',
    ...byToken(async (scene, real) => {
      const { api, evidence } = scene;
      const [head = '', body = '', signature = ''] = real.token.split('.');
      await mustRefuse(scene, real.token, [
        ['padding', `${head}.${body}.${signature}=`],
        ['padding twice', `${head}.${body}.${signature}==`],
        ['padded parts', `${head}=.${body}=.${signature}=`],
        ['stray bits', `${head}.${body}.${withStrayBits(signature)}`],
        ['a space inside', `${head}. ${body}.${signature}`],
        ['a tab inside', `${head}.\t${body}.${signature}`],
        ['a comma at the end', `${real.token},`],
        ['quotes', `"${real.token}"`],
        ['a dot before', `.${real.token}`],
        ['a dot after', `${real.token}.`],
        ['a fourth part', `${real.token}.AA`],
        ['two tokens', `${real.token} ${real.token}`],
        ['a star inside', `${head}.${body}.*${signature}`],
        ['percent signs', `${head}%2E${body}%2E${signature}`],
        ...jsonSerializations(head, body, signature),
        ...respelled(scene, real),
      ]);
      for (const scheme of ['', 'Basic ', 'Token ', 'Bearer:', 'Bearer']) {
        const answer = await api.logins({ Authorization: `${scheme}${real.token}` });
        evidence.expect(`after “${scheme}”`, answer, [401]);
      }
    }),
  },
  {
    ...onTokens,
    id: 15,
    title: 'a token in the address, the body, a cookie or another header',
    requirement: 'ASVS v5.0.0-14.2.1, RFC 9700 4.3.2',
    ...byToken(async ({ api, evidence }, { token }) => {
      evidence.control('the token is accepted in its header', await api.logins(bearer(token)), 200);
      for (const name of [
        'access_token',
        'accessToken',
        'token',
        'jwt',
        'bearer',
        'authorization',
      ]) {
        const queried = await api.get(`/auth/sessions?${name}=${token}`);
        evidence.expect(`?${name}=`, queried, [401]);
        const bodied = await api.send('GET', '/auth/sessions', { json: { [name]: token } });
        evidence.expect(`{${name}} in the body`, bodied, [401]);
        const posted = await api.post('/auth/logout-all', { [name]: token });
        evidence.expect(`{${name}} in a POST's body`, posted, [401]);
        const form = await api.send('POST', '/auth/logout-all', {
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: `${name}=${token}`,
        });
        evidence.expect(`${name}= in a form`, form, [401, 415]);
        evidence.expect(
          `a cookie ${name}`,
          await api.logins({ Cookie: `${name}=${token}` }),
          [401],
        );
        const header = `X-${name.replaceAll('_', '-')}`;
        evidence.expect(`the header ${header}`, await api.logins({ [header]: token }), [401]);
      }
      evidence.control('the login is still open', await api.logins(bearer(token)), 200);
    }),
  },
];

interface Resignable extends Material {
  /** The token with other claims, rightly signed. */
  resign(claims: Members): string;
  /** The token with another header, rightly signed. */
  reheaded(header: Members): string;
}

/** A token that can be signed anew; that this is done rightly is a control. */
async function resignable(scene: Scene, real: Material): Promise<Resignable> {
  const sign = ownSigner(scene);
  const resign = (claims: Members) => mint(real.header, { ...real.claims, ...claims }, sign);
  const later = resign({ exp: Number(real.claims.exp) + 1 });
  scene.evidence.control(
    'a token signed anew is accepted',
    await scene.api.logins(bearer(later)),
    200,
  );
  return {
    ...real,
    resign,
    reheaded: (header) => mint({ ...real.header, ...header }, real.claims, sign),
  };
}

/** The same bytes in other letters: the last letter of base64url has bits that stand for nothing. */
function withStrayBits(part: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(part.at(-1) ?? '');
  return part.slice(0, -1) + letters[last + 1];
}

function jsonSerializations(head: string, body: string, signature: string): readonly Forgery[] {
  const flattened = { payload: body, protected: head, signature };
  const general = { payload: body, signatures: [{ protected: head, signature }] };
  return [flattened, general].flatMap((form): Forgery[] => [
    ['JSON serialization', JSON.stringify(form)],
    ['JSON serialization in base64url', encodePart(form)],
  ]);
}

/** Rightly signed over an odd spelling of header and claims; only with the keys at hand. */
function respelled(scene: Scene, { header, claims }: Material): readonly Forgery[] {
  if (!scene.target.settings) {
    scene.evidence.note('odd spellings under a right signature: needs the keys');
    return [];
  }
  const sign = ownSigner(scene);
  const signed = (input: string) => `${input}.${sign(input)}`;
  const padded = (value: unknown) => `${encodePart(value)}=`;
  return [
    ['padding that is signed', signed(`${padded(header)}.${padded(claims)}`)],
    ['no JSON', signed(`${encodePart(header)}.${Buffer.from('x').toString('base64url')}`)],
    ['claims that are a list', signed(`${encodePart(header)}.${encodePart([claims])}`)],
    ['claims that are text', signed(`${encodePart(header)}.${encodePart('x')}`)],
    ['claims that are null', signed(`${encodePart(header)}.${encodePart(null)}`)],
  ];
}
