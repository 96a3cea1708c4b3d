import { afterAll, beforeAll, describe, test } from 'vitest';
import { attackProject } from '../attacks/lab/attack-variant.ts';
import { answersOf } from '../matrix/variants.ts';
import { newPlace } from './lab/places.ts';
import { missing } from './lab/programs.ts';
import { type StoreServer, startPostgres, startRedis } from './lab/servers.ts';

const lacking = missing('PostgreSQL', 'Redis');

describe.skipIf(lacking)('attacks on a project with PostgreSQL and Redis', () => {
  let postgres: StoreServer;
  let redis: StoreServer;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  });
  afterAll(async () => {
    await postgres?.remove();
    await redis?.remove();
  });

  const answers = answersOf({
    auth: 'both',
    revocation: 'instant',
    database: 'postgres',
    sessionStore: 'redis',
    corsOrigins: ['https://app.example.com'],
  });
  attackProject('postgres-redis', answers, () => newPlace(postgres, redis));
});

test('the servers for the attacks are on this machine', (context) => {
  if (lacking === undefined) return;
  console.warn(`Not on this machine: ${lacking}. No project with these stores was attacked.`);
  context.skip(lacking);
});
