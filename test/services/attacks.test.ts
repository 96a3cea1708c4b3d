import { expect, test } from 'vitest';
import { ATTACKS } from '../../src/attacks/attacks.ts';
import { attackProject } from '../attacks/lab/attack-project.ts';
import { attackProject as attackVariant } from '../attacks/lab/attack-variant.ts';
import { change } from '../attacks/sabotage/mutation.ts';
import { answersOf } from '../matrix/variants.ts';
import { onServers } from './lab/on-servers.ts';
import { newPlaces } from './lab/places.ts';

const answers = answersOf({
  auth: 'both',
  revocation: 'instant',
  database: 'postgres',
  sessionStore: 'redis',
  corsOrigins: ['https://app.example.com'],
});

onServers('attacks on a project with both', ['PostgreSQL', 'Redis'], (servers) => {
  const places = () => newPlaces(servers, answers);
  attackVariant('postgres-redis', answers, places);

  test('attack 20 notices a session that Redis has by its id itself', async () => {
    const byItsId = change(
      'src/auth/session-store.ts',
      'this.#kept.set(digest(sid), data as SessionData)',
      'this.#kept.set(sid, data as SessionData)',
    );
    const only = ATTACKS.filter(({ id }) => id === 20);
    const results = await attackProject('sabotaged-redis', answers, only, [byItsId], places);
    expect(results.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'unsafe', findings: [{ what: 'no credential is stored' }] },
    ]);
  });
});
