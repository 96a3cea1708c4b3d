import { createHash, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';

/** Whether the project has a secret that several parties share, rather than key pairs only. */
export const secrets: Feature = {
  id: 'secrets',
  when: ({ auth, jwtAlgorithm }) => auth !== 'jwt' || jwtAlgorithm === 'HS256',
  items: ({ auth, jwtAlgorithm }) => ({
    'readme.securityFolder': ['secrets'],
    'secretsTest.names': [
      ...(auth === 'jwt' ? [] : ['"SESSION_SECRETS"']),
      ...(jwtAlgorithm === 'HS256' ? ['"JWT_SECRETS"'] : []),
    ],
    secretList: [
      auth === 'both' && jwtAlgorithm === 'HS256'
        ? '[...settings.SESSION_SECRETS, ...settings.JWT_SECRETS]'
        : `settings.${auth === 'jwt' ? 'JWT' : 'SESSION'}_SECRETS`,
    ],
  }),
};

/** Whether there are two, which must differ. */
export const twoSecrets: Feature = {
  id: 'secrets-two',
  when: ({ auth, jwtAlgorithm }) => auth === 'both' && jwtAlgorithm === 'HS256',
};

/** Whether the script for fresh secrets draws any that are plain random bytes. */
export const randomSecrets: Feature = {
  id: 'random-secrets',
  when: (answers) => secrets.when(answers) || answers.database === 'postgres',
};

/** A secret for HMAC-SHA256: 256 bits from the CSPRNG, as 43 characters of base64url. */
export function drawHmacSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * A private signing key as JWT_PRIVATE_KEYS takes it: the base64url of a JWK's JSON (RFC 7517), named by its
 * thumbprint (RFC 7638).
 */
export function drawSigningKey({ jwtAlgorithm }: Answers): string {
  // Read anew: Node.js 20 waits for itself forever when it collects the job that drew a key while it exports that key.
  const key = createPrivateKey({ key: drawPkcs8(jwtAlgorithm), type: 'pkcs8', format: 'der' });
  const { kty, crv, x, y, d } = key.export({ format: 'jwk' });
  // The members that RFC 7638 names, in the order of their names; an Ed25519 key has no y.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const jwk = { kty, crv, x, y, d, kid, alg: jwtAlgorithm };
  return Buffer.from(JSON.stringify(jwk)).toString('base64url');
}

function drawPkcs8(algorithm: Answers['jwtAlgorithm']): Buffer {
  const encodings = {
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  } as const;
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256', ...encodings })
      : generateKeyPairSync('ed25519', encodings);
  // Bytes, as asked for; the types of Node.js know of key objects only.
  return privateKey as unknown as Buffer;
}
