import { answersOf } from '../../matrix/variants.ts';

/** The variants that are attacked at each change: among them every way to sign in, to sign and to carry tokens. */
export const VARIANTS = {
  session: answersOf({}),
  'jwt-hs256': answersOf({ auth: 'jwt', hash: 'bcrypt' }),
  'jwt-eddsa': answersOf({
    auth: 'jwt',
    jwtAlgorithm: 'EdDSA',
    refreshTransport: 'body',
    revocation: 'instant',
    hash: 'scrypt',
    helmet: 'web',
    corsOrigins: ['https://app.example.com'],
  }),
  'both-es256': answersOf({
    auth: 'both',
    jwtAlgorithm: 'ES256',
    revocation: 'instant',
    hash: 'pbkdf2',
    corsOrigins: ['https://app.example.com', 'https://*.example.org'],
  }),
} as const;

export type VariantName = keyof typeof VARIANTS;
