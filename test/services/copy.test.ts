import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../attacks/lab/project.ts';
import { answersOf } from '../matrix/variants.ts';
import { run } from '../support/run.ts';
import { refresh, register, sessionOf, statusOf, tokensOf } from './lab/client.ts';
import { Instances } from './lab/instances.ts';
import { onServers } from './lab/on-servers.ts';

const answers = answersOf({ auth: 'both', refreshTransport: 'body' });

onServers('accounts that were in SQLite', ['PostgreSQL'], (servers) => {
  test('are all in PostgreSQL after db:copy, with their passwords and logins, and are copied once', async () => {
    const before = await makeProject('copied-from', answers);
    const file = join(before.folder, 'app.db');
    const old = new Instances(before, { DATABASE_URL: `file:${file}` });
    const { url, stop } = await old.start();
    const emails = [await register(url), await register(url), await register(url)];
    const email = emails[0] ?? '';
    const [session, tokens] = [await sessionOf(url, email), await tokensOf(url, email)];
    expect(await stop()).toBe(0);

    const moved = { ...answers, database: 'postgres', formerDatabase: 'sqlite' } as const;
    const after = await makeProject('copied-to', moved);
    const copy = () =>
      run('node', ['--import', 'tsx', 'scripts/copy-from-sqlite.ts', file], after.folder, {
        ...before.settings,
        DATABASE_URL: servers.postgres.url,
      });
    const copied = await copy();
    expect(copied.output).toMatch(/users: 3 rows\nlogins: 2 rows/);
    expect(copied.exitCode).toBe(0);

    const instances = new Instances(
      { ...after, settings: before.settings },
      { DATABASE_URL: servers.postgres.url },
    );
    try {
      const { url } = await instances.start();
      for (const one of emails) expect(await statusOf(url, await sessionOf(url, one))).toBe(200);
      expect(await statusOf(url, session)).toBe(200);
      expect((await refresh(url, tokens.refreshToken)).status).toBe(200);
    } finally {
      await instances.stop();
    }
    const again = await copy();
    expect(again.output).toContain('there are accounts in PostgreSQL already');
    expect(again.exitCode).toBe(1);
  });
});
