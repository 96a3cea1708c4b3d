import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { labFolder, layOut } from '../matrix/lab/lab.ts';
import { answersOf } from '../matrix/variants.ts';
import { run } from '../support/run.ts';
import { onServers } from './lab/on-servers.ts';
import { inPostgres, inRedis } from './lab/places.ts';

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

onServers('the tests of a project', ['PostgreSQL', 'Redis'], (servers) => {
  test.each(Object.entries(projects))('%s pass on real servers', async (name, answers) => {
    const folder = await labFolder(`services/${name}`);
    await layOut(await renderProject(answers), folder);
    const { exitCode, output } = await run('npm', ['test'], folder, {
      DATABASE_URL: servers.postgres.url,
      REDIS_URL: servers.redis.url,
    });
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/Tests +\d+ passed|^# pass [1-9]|ℹ pass [1-9]/m);
  });

  test('leave nothing behind', async () => {
    const { rows } = await inPostgres(servers.postgres.url, (client) =>
      client.query('SELECT datname FROM pg_database ORDER BY 1'),
    );
    expect(rows.map(({ datname }) => datname)).toEqual(['postgres', 'template0', 'template1']);
    const keyspace = await inRedis(servers.redis.url, (client) => client.info('keyspace'));
    expect(keyspace.trim()).toBe('# Keyspace');
  });
});
