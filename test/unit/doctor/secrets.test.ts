import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WELL_KNOWN_KEYS, WELL_KNOWN_SECRETS } from '../../../src/attacks/well-known.ts';
import { faultOfKey, faultOfSecret } from '../../../src/doctor/weak-secrets.ts';
import { drawSigningKey } from '../../../src/features/secrets.ts';
import { answersOf } from '../../matrix/variants.ts';

const keyOf = (jwk: object) => Buffer.from(JSON.stringify(jwk)).toString('base64url');

describe('a secret', () => {
  test('that is random is fine, however it is written', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 64 });
    // Drawn by the system: fast-check likes bytes that are all alike.
    fc.assert(
      fc.property(bytes, ({ length }) => {
        for (const encoding of ['base64url', 'base64', 'hex'] as const) {
          expect(faultOfSecret(randomBytes(length).toString(encoding))).toBeUndefined();
        }
      }),
    );
  });

  test.each([
    ...WELL_KNOWN_SECRETS,
    'change-me-please-I-am-long-enough-for-anything',
    'short-and-random-8fJ2k',
    'a'.repeat(64),
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'x8Kd02mQx8Kd02mQx8Kd02mQx8Kd02mQx8Kd02mQ',
    'correct horse battery staple and more of it',
    'my-super-long-and-very-safe-thing-for-tokens',
  ])('%s is not', (secret) => {
    const fault = faultOfSecret(secret);
    expect(fault).toBeTypeOf('string');
    if (secret.length > 12) expect(fault).not.toContain(secret);
  });
});

describe('a signing key', () => {
  test('that is drawn for a project is fine', () => {
    for (const jwtAlgorithm of ['EdDSA', 'ES256'] as const) {
      expect(faultOfKey(drawSigningKey(answersOf({ auth: 'jwt', jwtAlgorithm })))).toBeUndefined();
    }
  });

  test.each(WELL_KNOWN_KEYS)('of $from is not', ({ key }) => {
    expect(faultOfKey(keyOf(key.export({ format: 'jwk' })))).toMatch(/anybody can sign/);
  });

  test.each(['nonsense', '', keyOf({}), keyOf({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' })])(
    'must be a private JWK, and “%s” is none',
    (text) => {
      expect(faultOfKey(text)).toMatch(/cannot be read/);
    },
  );
});
