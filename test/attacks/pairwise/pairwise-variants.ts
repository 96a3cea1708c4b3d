import { describe, expect, test } from 'vitest';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { isFine } from '../../../src/attacks/report.ts';
import { answersOf, CORS, HASHES, HELMETS, pairwise, type Variant } from '../../matrix/variants.ts';
import { attackProject, isSlow } from '../lab/attack-project.ts';
import { bootableLogins } from '../matrix/variants.ts';

/** A set in which every two answers that change how a server behaves, and can meet, do meet. */
function pairwiseVariants(): readonly Variant[] {
  const every = bootableLogins().flatMap(([login, loginAnswers]) =>
    HASHES.flatMap((hash) =>
      Object.entries(CORS).flatMap(([cors, corsOrigins]) =>
        Object.entries(HELMETS).map(([helmet, helmetAnswers]) => ({
          label: [login, hash, cors, helmet].join('_'),
          answers: answersOf({ ...loginAnswers, hash, corsOrigins, ...helmetAnswers }),
        })),
      ),
    ),
  );
  return pairwise(every, [
    'auth',
    'jwtAlgorithm',
    'refreshTransport',
    'revocation',
    'sessionStore',
    'hash',
    'corsOrigins',
    'helmet',
  ]);
}

/**
 * Attacks one half of the set, so that two processes share the work. The attacks that take long run on the variants of
 * `variants/` only, and on each in `npm run test:matrix`.
 */
export function attackHalf(half: 0 | 1): void {
  describe('every two answers that meet', () => {
    const quick = ATTACKS.filter((attack) => !isSlow(attack));
    const own = pairwiseVariants().filter((_, index) => index % 2 === half);

    test.each(own)('$label', async ({ label, answers }) => {
      const results = await attackProject(`pairwise-${label}`, answers, quick);
      expect(results.filter((result) => !isFine(result))).toEqual([]);
      const safe = results.filter(({ outcome }) => outcome.status === 'safe');
      expect(safe.length).toBeGreaterThan(30);
    });
  });
}
