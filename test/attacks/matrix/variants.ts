import type { Answers } from '../../../src/options/answers.ts';
import { answersOf, CORS, HASHES, HELMETS, logins, type Variant } from '../../matrix/variants.ts';

/**
 * Every variant whose server behaves differently: the full product of what decides how users are signed in, and beside
 * each kind of login each hash, each kind of CORS and each set of headers. First those whose stores need no server of
 * their own, then each login on PostgreSQL, on Redis beside SQLite, and on both.
 */
export function matrixVariants(): readonly Variant[] {
  return [...variantsWith(bootableLogins()), ...variantsWith(loginsOnServers())];
}

type Labelled = readonly [label: string, answers: Partial<Answers>];

function variantsWith(all: readonly Labelled[]): readonly Variant[] {
  const hashes = HASHES.map((hash) => [hash, { hash }] as const);
  const cors = Object.entries(CORS).map(([id, corsOrigins]) => [id, { corsOrigins }] as const);
  const helmets = Object.entries(HELMETS);
  const most = Math.max(hashes.length, cors.length, helmets.length);
  return ['session', 'jwt', 'both'].flatMap((auth) => {
    const own = all.filter(([, login]) => login.auth === auth);
    return Array.from({ length: Math.max(own.length, most) }, (_, index) => {
      // Each turns at its own pace, so that they do not go around together.
      const chosen = [
        at(own, index),
        at(hashes, index + (index >> 2)),
        at(cors, index),
        at(helmets, index),
      ];
      return {
        label: chosen.map(([label]) => label).join('_'),
        answers: answersOf(Object.assign({}, ...chosen.map(([, answers]) => answers))),
      };
    });
  });
}

/** The logins whose stores need no server. */
export function bootableLogins() {
  return Object.entries(logins()).filter(([, { sessionStore }]) => sessionStore !== 'redis');
}

/** The logins whose stores are servers: on PostgreSQL, on Redis beside SQLite, and on both. */
export function loginsOnServers(): readonly Labelled[] {
  return Object.entries(logins()).flatMap(([label, login]) => {
    const databases = {
      database: ['postgres'],
      redis: ['postgres', 'sqlite'],
      memory: [],
    } as const;
    return databases[login.sessionStore ?? 'database'].map(
      (database) => [`${label}-${database}`, { ...login, database }] as const,
    );
  });
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
