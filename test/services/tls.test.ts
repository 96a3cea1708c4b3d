import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import { ProcessBench } from '../attacks/lab/bench.ts';
import { makeProject, type Project } from '../attacks/lab/project.ts';
import { answersOf } from '../matrix/variants.ts';
import { type Authority, makeAuthority } from './lab/certificates.ts';
import { register, sessionOf, statusOf } from './lab/client.ts';
import { Instances } from './lab/instances.ts';
import { onServers } from './lab/on-servers.ts';
import { inPostgres } from './lab/places.ts';

const answers = answersOf({ database: 'postgres', sessionStore: 'redis' });

let ours: Authority;
let another: Authority;
let project: Project;
let inSqlite: Project;
beforeAll(async () => {
  [ours, another] = await Promise.all([makeAuthority('ours'), makeAuthority('another')]);
  project = await makeProject('tls', answers);
  inSqlite = await makeProject('tls-sqlite', answersOf({ sessionStore: 'redis' }));
});

/** Tries to start a server. @returns the one line that says why not */
async function refusalOf(settings: Readonly<Record<string, string>>): Promise<string> {
  const bench = new ProcessBench(project);
  const { output, ...rest } = await bench.refusal(settings);
  await bench.stop();
  expect(rest).toEqual({ exitCode: 1, listened: false });
  const [first, why = '', ...more] = output.split('\n').filter(Boolean);
  expect([first, more]).toEqual(['The server did not start.', []]);
  return why;
}

const certify = () => ours.certify('localhost');

onServers(
  'stores with TLS',
  ['PostgreSQL', 'Redis'],
  (servers) => {
    const settings = (changes: Readonly<Record<string, string>> = {}) => ({
      DATABASE_URL: servers.postgres.url.replace('127.0.0.1', 'localhost'),
      REDIS_URL: servers.redis.url.replace('127.0.0.1', 'localhost'),
      DATABASE_TLS: 'verify',
      REDIS_TLS: 'verify',
      NODE_EXTRA_CA_CERTS: ours.file,
      ...changes,
    });

    test('are used where the certificate is right', async () => {
      const instances = new Instances(project, settings());
      try {
        const { url } = await instances.start();
        expect(await statusOf(url, await sessionOf(url, await register(url)))).toBe(200);
      } finally {
        await instances.stop();
      }
      const { rows } = await inPostgres(servers.postgres.url, (client) =>
        client.query('SELECT email FROM users'),
      );
      expect(rows).toHaveLength(1);
    });

    test.each(['DATABASE_URL', 'REDIS_URL'] as const)(
      'the one at %s is refused where its certificate is for another name',
      async (name) => {
        const { port } = new URL(settings()[name]);
        const byAddress = settings()[name].replace('localhost', '127.0.0.1');
        expect(await refusalOf(settings({ [name]: byAddress }))).toMatch(
          new RegExp(`^${name}: 127.0.0.1:${port} cannot be used: .*does not match`),
        );
      },
    );

    test.each([
      ['DATABASE_URL', {}],
      // So that it is this one that is refused.
      ['REDIS_URL', { DATABASE_TLS: 'off' }],
    ] as const)(
      'the one at %s is refused where nobody knows who signed its certificate',
      async (name, others) => {
        const { port } = new URL(settings()[name]);
        for (const authority of [another.file, '']) {
          const refusal = await refusalOf(settings({ ...others, NODE_EXTRA_CA_CERTS: authority }));
          expect(refusal).toMatch(
            new RegExp(`^${name}: localhost:${port} cannot be used: .*(?:certificate|signature)`),
          );
        }
        // What makes Node.js believe anybody does not make the server.
        const bench = new ProcessBench(project);
        const { listened, output } = await bench.refusal(
          settings({ ...others, NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
        );
        await bench.stop();
        expect(listened).toBe(false);
        expect(output).toContain(`${name}: localhost:${port} cannot be used: `);
      },
    );
  },
  certify,
);

test('Redis is told by which name it is called, as those need who keep many at one address', async () => {
  const called: unknown[] = [];
  const server = createServer(await certify(), (socket) => {
    called.push(socket.servername);
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const bench = new ProcessBench(inSqlite);
  const { output } = await bench.refusal({
    REDIS_URL: `rediss://localhost:${port}`,
    NODE_EXTRA_CA_CERTS: ours.file,
  });
  await bench.stop();
  server.close();
  expect(output).toContain(`REDIS_URL: localhost:${port} cannot be used`);
  expect(called).toEqual(['localhost']);
});
