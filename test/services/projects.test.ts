import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { labFolder, layOut } from '../matrix/lab/lab.ts';
import { answersOf } from '../matrix/variants.ts';
import { run } from '../support/run.ts';
import { missing } from './lab/programs.ts';
import { type StoreServer, startPostgres, startRedis } from './lab/servers.ts';

/** Projects whose own tests run on the servers that their settings name. */
const projects = {
  'sessions-in-postgres': answersOf({ database: 'postgres', testRunner: 'node' }),
  'both-in-redis': answersOf({
    auth: 'both',
    revocation: 'instant',
    database: 'postgres',
    sessionStore: 'redis',
  }),
};

const lacking = missing('PostgreSQL', 'Redis');

describe.skipIf(lacking)('the tests of a project', () => {
  let postgres: StoreServer;
  let redis: StoreServer;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  });
  afterAll(async () => {
    await postgres?.remove();
    await redis?.remove();
  });

  test.each(Object.entries(projects))('%s pass on real servers', async (name, answers) => {
    const folder = await labFolder(`services/${name}`);
    await layOut(await renderProject(answers), folder);
    const { exitCode, output } = await run('npm', ['test'], folder, {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
    });
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/Tests +\d+ passed|^# pass [1-9]|ℹ pass [1-9]/m);
  });

  test('leave no database behind', async () => {
    const folder = await labFolder('services/look');
    const { output } = await run(
      process.execPath,
      ['--input-type=module', '--eval', LIST_DATABASES, postgres.url],
      folder,
    );
    expect(JSON.parse(output)).toEqual(['postgres', 'template0', 'template1']);
  });
});

const LIST_DATABASES = `
  import pg from 'pg';
  const client = new pg.Client({ connectionString: process.argv.at(-1) });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database ORDER BY 1');
  console.log(JSON.stringify(rows.map(({ datname }) => datname)));
  await client.end();
`;

test('the servers for the tests of projects are on this machine', (context) => {
  if (lacking === undefined) return;
  console.warn(`Not on this machine: ${lacking}. No project was tested on real servers.`);
  context.skip(lacking);
});
