import { answersOf } from '../../matrix/variants.ts';
import { VARIANTS } from '../lab/variants.ts';

/**
 * What is sabotaged: the variants that are attacked at each change, and two for what none of them has. One keeps
 * everything on servers, PostgreSQL and Redis, and has a secret for each of two uses; the other keeps sessions in memory.
 */
export const SABOTAGED = {
  ...VARIANTS,
  'both-servers': answersOf({
    auth: 'both',
    revocation: 'instant',
    database: 'postgres',
    sessionStore: 'redis',
    corsOrigins: ['https://app.example.com'],
  }),
  'session-memory': answersOf({ sessionStore: 'memory' }),
} as const;

export type SabotagedName = keyof typeof SABOTAGED;
