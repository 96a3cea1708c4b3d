import type { Answers } from '../../../src/options/answers.ts';
import { answersOf } from '../../matrix/variants.ts';
import { APP, PARTNER } from './hosts.ts';

/** The projects that a browser visits: each way to sign in, both presets of headers. */
export const VARIANTS = {
  session: answersOf({ corsOrigins: [APP] }),
  'jwt-cookie': answersOf({ auth: 'jwt', corsOrigins: [APP], helmet: 'web' }),
  'jwt-body': answersOf({
    auth: 'jwt',
    jwtAlgorithm: 'EdDSA',
    refreshTransport: 'body',
    revocation: 'instant',
    corsOrigins: [APP, PARTNER],
  }),
  both: answersOf({ auth: 'both', revocation: 'instant', corsOrigins: [APP], helmet: 'web' }),
} as const satisfies Readonly<Record<string, Answers>>;

export type VariantName = keyof typeof VARIANTS;
