import { createPublicKey, type JsonWebKey, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bearer, hasTokens, type Login } from './api.ts';
import type { Attack, Scene } from './attack.ts';
import { selfSigned } from './certificate.ts';
import type { Exchange } from './client.ts';
import { quickest, valueAt } from './client.ts';
import {
  type Algorithm,
  decodeToken,
  drawKey,
  encodePart,
  firstKey,
  hmacSigner,
  keySigner,
  type Members,
  mint,
  type Signer,
  serverSigner,
} from './tokens.ts';
import { WELL_KNOWN_KEYS, WELL_KNOWN_SECRETS } from './well-known.ts';

/** A token, and what is wrong with it. */
export type Forgery = readonly [what: string, token: string];

/** A token that is accepted: the material for forgeries. */
export interface Material {
  readonly token: string;
  readonly header: Members;
  readonly claims: Members;
}

/** Signs in for a token. */
export async function material({ api }: Scene): Promise<Material & { readonly login: Login }> {
  const login = await api.newLogin('token');
  return { login, token: login.credential, ...decodeToken(login.credential) };
}

/**
 * A token of somebody who does not exist, rightly signed. Where the keys are at hand, and no login is looked up for a
 * token, it is accepted like any other, and shows an empty list of logins.
 */
async function madeUp(scene: Scene): Promise<Material | undefined> {
  const { answers, api, target } = scene;
  const { JWT_SECRETS, JWT_PRIVATE_KEYS, JWT_ISSUER, JWT_AUDIENCE } = target.settings ?? {};
  if (answers.revocation === 'instant' || !(JWT_SECRETS || JWT_PRIVATE_KEYS)) return undefined;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: JWT_ISSUER ?? answers.name,
    aud: JWT_AUDIENCE ?? answers.name,
    sub: randomUUID(),
    sid: randomUUID(),
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
  };
  const alg = algorithmOf(scene);
  const kid = alg === 'HS256' ? undefined : firstKey(target.settings ?? {}).kid;
  const header = { alg, typ: 'at+jwt', kid };
  const token = mint(header, claims, ownSigner(scene));
  const { status } = await api.logins(bearer(token));
  // The keys may be those of another server.
  return status === 200 ? { token, ...decodeToken(token) } : undefined;
}

/** An attack on tokens. A visitor does it with one that is made up, where that proves as much as a user's. */
export function byToken(
  attack: (scene: Scene, real: Material) => Promise<void>,
): Required<Pick<Attack, 'visit' | 'run'>> {
  return {
    async visit(scene) {
      const real = await madeUp(scene);
      if (real) await attack(scene, real);
    },
    run: async (scene) => attack(scene, await material(scene)),
  };
}

/** The algorithm of the project's tokens. */
export function algorithmOf({ answers }: Scene): Algorithm {
  return answers.jwtAlgorithm ?? 'HS256';
}

/** The server's own signature, where its keys are given. */
export function ownSigner(scene: Scene): Signer {
  return serverSigner(algorithmOf(scene), scene.target.settings ?? {});
}

/** Presents forgeries: the real token is accepted before and after, and each of them must be 401. */
export async function mustRefuse(
  { api, evidence }: Scene,
  real: string,
  forgeries: readonly Forgery[],
): Promise<readonly Exchange[]> {
  evidence.control('the real token is accepted', await api.logins(bearer(real)), 200);
  const answers: Exchange[] = [];
  for (const [what, token] of forgeries) {
    const answer = await quickest(1000, () => api.logins(bearer(token)));
    evidence.expect(what, answer, [401]);
    answers.push(answer);
  }
  evidence.control('the real token is still accepted', await api.logins(bearer(real)), 200);
  return answers;
}

const NONE = ['none', 'None', 'NONE', 'nOnE', ' none', 'none ', ''];

/** What the base of every attack on tokens has in common. */
const onTokens = { applies: hasTokens, disturbs: true } as const;

const isAsymmetric: Attack['applies'] = (answers) =>
  hasTokens(answers) && answers.jwtAlgorithm !== 'HS256';

/** Attacks on what signs a token; those on what stands in it are in claims.ts. */
export const signatureAttacks: readonly Attack[] = [
  {
    ...onTokens,
    id: 1,
    title: 'alg none, in every spelling',
    requirement: 'ASVS v5.0.0-9.1.2',
    ...byToken(async (scene, { token, header, claims }) => {
      const [, , signature = ''] = token.split('.');
      const body = encodePart(claims);
      await mustRefuse(
        scene,
        token,
        [...NONE, undefined].flatMap((alg): Forgery[] => {
          const head = encodePart({ ...header, alg });
          return [
            [`alg ${alg}, no signature`, `${head}.${body}.`],
            [`alg ${alg}, two parts`, `${head}.${body}`],
            [`alg ${alg}, another token's signature`, `${head}.${body}.${signature}`],
          ];
        }),
      );
    }),
  },
  {
    ...onTokens,
    id: 2,
    title: 'signature stripped, cut, flipped, zeroed, or of other claims',
    requirement: 'ASVS v5.0.0-9.1.1',
    ...byToken(async (scene, { token, header, claims }) => {
      const [head = '', body = '', signature = ''] = token.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      const flipped = [0, 1, bytes.length >> 1, bytes.length - 1].map((at): Forgery => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ 1;
        return [`bit flipped in byte ${at}`, `${head}.${body}.${copy.toString('base64url')}`];
      });
      const other = encodePart({ ...claims, sub: '00000000-0000-4000-8000-000000000000' });
      const zeros = Buffer.alloc(bytes.length).toString('base64url');
      const half = bytes.subarray(0, bytes.length >> 1).toString('base64url');
      await mustRefuse(scene, token, [
        ['no signature', `${head}.${body}.`],
        ['two parts', `${head}.${body}`],
        ['half a signature', `${head}.${body}.${half}`],
        ['a signature of zeros', `${head}.${body}.${zeros}`],
        ['a signature too long', `${head}.${body}.${signature}AAAA`],
        ...flipped,
        ['other claims under the signature', `${head}.${other}.${signature}`],
        ['another header', `${encodePart({ ...header, x: 1 })}.${body}.${signature}`],
        ['signed with a key of nobody', mint(header, claims, drawKey(algorithmOf(scene)).sign)],
      ]);
    }),
  },
  {
    ...onTokens,
    id: 3,
    title: 'HS256 with the public key as its secret',
    requirement: 'ASVS v5.0.0-9.1.2, RFC 8725 2.1',
    applies: isAsymmetric,
    ...byToken(async (scene, { token, header, claims }) => {
      const jwks = await scene.api.get('/.well-known/jwks.json');
      scene.evidence.control('the public keys are there', jwks, 200);
      const keys = valueAt(jwks.json, 'keys');
      const forgeries = (Array.isArray(keys) ? keys : []).flatMap((jwk: JsonWebKey) =>
        spellingsOf(jwk).flatMap(([what, secret]) =>
          [
            { ...header, alg: 'HS256' },
            { ...header, alg: 'HS256', kid: undefined },
          ].map((head): Forgery => [`secret: ${what}`, mint(head, claims, hmacSigner(secret))]),
        ),
      );
      scene.evidence.controlThat('there is a public key to misuse', forgeries.length > 0);
      await mustRefuse(scene, token, forgeries);
    }),
  },
  {
    ...onTokens,
    id: 4,
    title: 'HS256 with an empty key',
    requirement: 'RFC 8725 3.5',
    ...byToken(async (scene, { token, header, claims }) => {
      const keys: readonly (readonly [string, string | Buffer])[] = [
        ['an empty key', ''],
        ['a zero byte', '\0'],
        ['32 zero bytes', Buffer.alloc(32)],
        ['the word undefined', 'undefined'],
        ['the word null', 'null'],
      ];
      await mustRefuse(
        scene,
        token,
        keys.map(([what, key]) => [
          what,
          mint({ ...header, alg: 'HS256' }, claims, hmacSigner(key)),
        ]),
      );
    }),
  },
  {
    ...onTokens,
    id: 5,
    title: 'a key inside the token (jwk, x5c)',
    requirement: 'ASVS v5.0.0-9.1.3',
    ...byToken(async (scene, { token, header, claims }) => {
      const algorithm = algorithmOf(scene);
      const isHmac = algorithm === 'HS256';
      const { sign, publicJwk, privateJwk } = drawKey(algorithm);
      const jwk = { ...publicJwk, kid: header.kid ?? 'mine' };
      await mustRefuse(scene, token, [
        ['jwk', mint({ ...header, jwk }, claims, sign)],
        [
          'jwk with its own kid',
          mint({ ...header, kid: 'mine', jwk: { ...jwk, kid: 'mine' } }, claims, sign),
        ],
        ['jwk without kid', mint({ ...header, kid: undefined, jwk }, claims, sign)],
        ['the private jwk', mint({ ...header, jwk: privateJwk }, claims, sign)],
        // No certificate is for HMAC, so the token names the key's own algorithm.
        ...WELL_KNOWN_KEYS.filter(({ alg }) => isHmac || alg === algorithm).map(
          ({ alg, key }): Forgery => [
            `x5c for ${alg}`,
            mint({ ...header, alg, x5c: [selfSigned(key)] }, claims, keySigner(key)),
          ],
        ),
      ]);
    }),
  },
  {
    ...onTokens,
    id: 6,
    title: 'an address of a key inside the token (jku, x5u)',
    requirement: 'ASVS v5.0.0-9.1.3',
    ...byToken(async (scene, { token, header, claims }) => {
      const { sign, publicJwk } = drawKey(algorithmOf(scene));
      const kid = header.kid ?? 'mine';
      const requests: string[] = [];
      const listener = createServer((req, res) => {
        requests.push(req.url ?? '');
        res.setHeader('Content-Type', 'application/json');
        res.end(JSON.stringify({ keys: [{ ...publicJwk, kid }] }));
      });
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const { port } = listener.address() as AddressInfo;
      const address = `http://127.0.0.1:${port}`;
      try {
        await mustRefuse(
          scene,
          token,
          ['jku', 'x5u', 'iss', 'kid'].map((name): Forgery => {
            const url = `${address}/${name}`;
            return [
              name,
              mint(
                { ...header, kid, [name]: url },
                { ...claims, ...(name === 'iss' && { iss: url }) },
                sign,
              ),
            ];
          }),
        );
        scene.evidence.expectThat('nobody asks the named address', requests.length === 0, {
          sent: `tokens that name ${address}`,
          got: `requests for ${requests.join(', ')}`,
          expected: 'no request',
        });
      } finally {
        listener.close();
      }
    }),
  },
  {
    ...onTokens,
    id: 7,
    title: 'kid as a path, a command, SQL, an object, nothing or much',
    requirement: 'RFC 8725 3.10',
    ...byToken(async (scene, { token, header, claims }) => {
      const signers: [string, Signer][] = [
        ["an attacker's key", drawKey(algorithmOf(scene)).sign],
        ['an empty key', hmacSigner('')],
      ];
      // Rightly signed, so that nothing but the kid can be what is refused.
      if (scene.target.settings) signers.push(["the server's key", ownSigner(scene)]);
      const answers = await mustRefuse(
        scene,
        token,
        KIDS.flatMap((kid) =>
          signers.map(
            ([by, sign]): Forgery => [
              `kid ${JSON.stringify(kid).slice(0, 60)} with ${by}`,
              mint({ ...header, kid }, claims, sign),
            ],
          ),
        ),
      );
      for (const answer of answers) {
        scene.evidence.expect(
          'it is refused in under a second',
          answer,
          ({ milliseconds }) => milliseconds < 1000,
        );
      }
    }),
  },
  {
    ...onTokens,
    id: 13,
    title: 'keys out of tutorials, documents and example settings',
    requirement: 'ASVS v5.0.0-11.2.3, 11.5.1, RFC 8725 3.5',
    ...byToken(async (scene, { token, header, claims }) => {
      const hmac = WELL_KNOWN_SECRETS.flatMap((secret): Forgery[] => [
        [`the secret ${secret}`, mint({ ...header, alg: 'HS256' }, claims, hmacSigner(secret))],
        [
          `the secret ${secret} in base64`,
          mint({ ...header, alg: 'HS256' }, claims, hmacSigner(Buffer.from(secret, 'base64'))),
        ],
      ]);
      const algorithm = algorithmOf(scene);
      const pairs = WELL_KNOWN_KEYS.filter(({ alg }) => alg === algorithm).map(
        ({ from, key }): Forgery => [`the key of ${from}`, mint(header, claims, keySigner(key))],
      );
      await mustRefuse(scene, token, [...hmac, ...pairs]);
    }),
  },
];

const KIDS: readonly unknown[] = [
  '../../../../../../dev/null',
  '/dev/null',
  'file:///etc/passwd',
  '| sleep 5',
  '$(sleep 5)',
  "' UNION SELECT 'AA' --",
  "1' AND SLEEP(5) --",
  '',
  ' ',
  '\0',
  'a'.repeat(2000),
  '__proto__',
  'constructor',
  'toString',
  null,
  0,
  {},
  [],
];

/** The ways in which a public key may be taken for a secret. */
function spellingsOf(jwk: JsonWebKey): readonly (readonly [string, string | Buffer])[] {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const pem = key.export({ type: 'spki', format: 'pem' }).toString();
  const { kty, crv, x, y } = jwk;
  return [
    ['its PEM', pem],
    ['its PEM without the last line end', pem.trimEnd()],
    ['its DER', key.export({ type: 'spki', format: 'der' })],
    ['its JWK', JSON.stringify(jwk)],
    ['its JWK, the least of it', JSON.stringify({ kty, crv, x, ...(y && { y }) })],
    ['its x', x ?? ''],
    ['the bytes of its x', Buffer.from(x ?? '', 'base64url')],
  ];
}
