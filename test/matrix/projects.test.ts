import { describe, expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { tryServer } from '../support/client.ts';
import { run } from '../support/run.ts';
import { NotStarted, startServer } from '../support/server.ts';
import { labFolder, layOut } from './lab/lab.ts';
import { everyVariant, pairwise } from './variants.ts';

const variants = pairwise(everyVariant(), [
  'auth',
  'jwtAlgorithm',
  'refreshTransport',
  'revocation',
  'sessionStore',
  'hash',
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

    const atHome = await startServer(folder, 'development');
    expect(await tryServer(atHome.origin, answers, false)).toEqual([]);
    expect(await atHome.stop()).toBe(0);

    if (answers.sessionStore === 'memory') {
      await expect(startServer(folder, 'production')).rejects.toThrow(NotStarted);
    } else {
      // The same database: the account is there already.
      const outThere = await startServer(folder, 'production');
      expect(await tryServer(outThere.origin, answers, true)).toEqual([]);
      expect(await outThere.stop()).toBe(0);
    }
  });
});
