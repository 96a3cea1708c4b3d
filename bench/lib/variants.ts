import type { Answers } from '../../src/options/answers.ts';

/** Everything on: a CORS origin and strict headers beside the authentication that a variant chooses. */
const base = {
  name: 'my-api',
  hash: 'argon2id',
  database: 'sqlite',
  corsOrigins: ['https://app.example.com'],
  helmet: 'strict',
  testRunner: 'vitest',
  packageManager: 'npm',
  git: false,
  install: false,
} as const;

const session = { ...base, auth: 'session', sessionStore: 'database' } as const;
const jwt = { ...base, auth: 'jwt', refreshTransport: 'cookie' } as const;

/** The generated projects whose `GET /auth/me` is measured. */
export const meVariants: ReadonlyMap<string, Answers> = new Map<string, Answers>([
  ['session', session],
  ['jwt-hs256', { ...jwt, jwtAlgorithm: 'HS256', revocation: 'expiry' }],
  ['jwt-hs256-instant', { ...jwt, jwtAlgorithm: 'HS256', revocation: 'instant' }],
  ['jwt-eddsa', { ...jwt, jwtAlgorithm: 'EdDSA', revocation: 'expiry' }],
  ['jwt-es256', { ...jwt, jwtAlgorithm: 'ES256', revocation: 'expiry' }],
  [
    'both',
    {
      ...session,
      auth: 'both',
      jwtAlgorithm: 'HS256',
      refreshTransport: 'cookie',
      revocation: 'instant',
    },
  ],
]);

/** The generated projects whose sign-in is measured: one for each password hash. */
export const loginVariants: ReadonlyMap<string, Answers> = new Map(
  (['argon2id', 'bcrypt', 'scrypt', 'pbkdf2'] as const).map((hash) => [
    `login-${hash}`,
    { ...session, hash },
  ]),
);
