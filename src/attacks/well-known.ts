import { createPrivateKey, type KeyObject } from 'node:crypto';

/** Secrets that stand in tutorials, documentation and example settings. */
export const WELL_KNOWN_SECRETS: readonly string[] = [
  'secret',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'your_jwt_secret',
  'supersecret',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'keyboard cat',
  'shhhhh',
  'changeme',
  'change-me',
  'change-me-to-a-long-random-string-of-32-chars',
  'password',
  'mysecretkey',
  'jwt_secret',
  'JWT_SECRET',
  'development',
  'test',
  '00000000000000000000000000000000',
  '12345678901234567890123456789012',
  // RFC 7515 A.1, as base64.
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==',
];

interface WellKnownKey {
  readonly from: string;
  readonly alg: 'EdDSA' | 'ES256';
  readonly key: KeyObject;
}

/** Private keys that standards and tutorials print as examples. */
export const WELL_KNOWN_KEYS: readonly WellKnownKey[] = [
  {
    from: 'RFC 7515 A.3',
    alg: 'ES256',
    key: createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
      },
    }),
  },
  {
    from: 'RFC 7517 A.2',
    alg: 'ES256',
    key: createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
        y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
        d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE',
      },
    }),
  },
  {
    from: 'RFC 8037 A.1',
    alg: 'EdDSA',
    key: createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      },
    }),
  },
  {
    from: 'jwt.io',
    alg: 'ES256',
    key: createPrivateKey({
      format: 'der',
      type: 'pkcs8',
      key: Buffer.from(
        'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G',
        'base64',
      ),
    }),
  },
];
