import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { isFine } from '../../../src/attacks/report.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { answersOf, CORS, HASHES, HELMETS, pairwise, type Variant } from '../../matrix/variants.ts';
import { onServers, tellOfMissing } from '../../services/lab/on-servers.ts';
import { newPlaces, serversFor } from '../../services/lab/places.ts';
import { missing, type ServerName } from '../../services/lab/programs.ts';
import { attackProject, isSlow } from '../lab/attack-project.ts';
import { bootableLogins, loginsOnServers } from '../matrix/variants.ts';

const SERVERS: readonly ServerName[] = ['PostgreSQL', 'Redis'];

/**
 * A set in which every two answers that change how a server behaves, and can meet on this machine, do meet: those that
 * need PostgreSQL or Redis are in it where the machine has them.
 */
function pairwiseVariants(): readonly Variant[] {
  const every = [...bootableLogins(), ...loginsOnServers()].flatMap(([login, loginAnswers]) =>
    HASHES.flatMap((hash) =>
      Object.entries(CORS).flatMap(([cors, corsOrigins]) =>
        Object.entries(HELMETS).map(([helmet, helmetAnswers]) => ({
          label: [login, hash, cors, helmet].join('_'),
          answers: answersOf({ ...loginAnswers, hash, corsOrigins, ...helmetAnswers }),
        })),
      ),
    ),
  );
  const here = every.filter(({ answers }) => missing(...serversFor(answers)) === undefined);
  return pairwise(here, [
    'auth',
    'jwtAlgorithm',
    'refreshTransport',
    'revocation',
    'sessionStore',
    'database',
    'hash',
    'corsOrigins',
    'helmet',
    'helmetHeaders',
  ]);
}

/**
 * Attacks one half of the set, so that two processes share the work. The attacks that take long run on the variants of
 * `variants/` only, and on each in `npm run test:matrix`.
 */
export function attackHalf(half: 0 | 1): void {
  const quick = ATTACKS.filter((attack) => !isSlow(attack));
  const all = pairwiseVariants();
  const own = all.filter((_, index) => index % 2 === half);
  const needed = new Set(own.flatMap(({ answers }) => serversFor(answers)));

  onServers(`every two answers that meet, half ${half + 1}`, [...needed], (servers) => {
    test.each(own)('$label', async ({ label, answers }) => {
      const places = () => newPlaces(servers, answers);
      const results = await attackProject(`pairwise-${label}`, answers, quick, [], places);
      expect(results.filter((result) => !isFine(result))).toEqual([]);
      const safe = results.filter(({ outcome }) => outcome.status === 'safe');
      expect(safe.length).toBeGreaterThan(30);
    });
  });
  if (half === 1) return;
  tellOfMissing('every two answers that meet, with every server', SERVERS);

  test('each store, database and set of headers is among them', () => {
    const here = (server: ServerName) => missing(server) === undefined;
    const parts: readonly Partial<Answers>[] = [
      ...Object.values(HELMETS),
      { database: 'sqlite' },
      ...(here('PostgreSQL') ? [{ database: 'postgres' as const }] : []),
      { sessionStore: 'database' },
      { sessionStore: 'memory' },
      ...(here('Redis') ? [{ sessionStore: 'redis' as const }] : []),
    ];
    const lost = parts.filter(
      (part) => !all.some(({ answers }) => isDeepStrictEqual({ ...answers, ...part }, answers)),
    );
    expect(lost).toEqual([]);
  });
}
