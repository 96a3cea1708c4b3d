import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/options/answers.ts';
import { renderProject } from '../../src/render/project.ts';
import { tryServer } from '../support/client.ts';
import { run } from '../support/run.ts';
import { NotStarted, startServer } from '../support/server.ts';
import { type Stores, startStores } from '../support/stores.ts';
import { labFolder, layOut } from './lab/lab.ts';
import { everyVariant, pairwise } from './variants.ts';

const variants = pairwise(everyVariant(), [
  'auth',
  'jwtAlgorithm',
  'refreshTransport',
  'revocation',
  'sessionStore',
  'hash',
  'database',
  'corsOrigins',
  'helmet',
  'testRunner',
]);

/** In any two answers that can meet, somewhere: its own tests pass, and what it builds runs. */
describe.concurrent('a project', () => {
  test.each(variants)('$label', async ({ label, answers }) => {
    const folder = await labFolder(`projects/${label}`);
    await layOut(await renderProject(answers), folder);

    const tests = await run('npm', ['test'], folder);
    expect(tests, tests.output).toMatchObject({ exitCode: 0 });
    expect(tests.output).toMatch(/Tests +\d+ passed|^# pass [1-9]|ℹ pass [1-9]/m);

    const build = await run('npm', ['run', 'build'], folder);
    expect(build, build.output).toMatchObject({ exitCode: 0 });

    const stores = await startStores(folder, answers);
    try {
      await tryServers(folder, answers, stores.settings);
    } finally {
      await stores.stop();
    }
  });
});

/** What was built does its work at home, and again in production over the same database. */
async function tryServers(folder: string, answers: Answers, settings: Stores['settings']) {
  const atHome = await startServer(folder, 'development', settings);
  expect(await tryServer(atHome.origin, answers, false)).toEqual([]);
  expect(await atHome.stop()).toBe(0);

  if (answers.sessionStore === 'memory') {
    await expect(startServer(folder, 'production', settings)).rejects.toThrow(NotStarted);
  } else {
    const outThere = await startServer(folder, 'production', settings);
    // The account is there already.
    expect(await tryServer(outThere.origin, answers, true)).toEqual([]);
    expect(await outThere.stop()).toBe(0);
  }
}
