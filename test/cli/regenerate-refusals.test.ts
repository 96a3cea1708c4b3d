import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { listing, run, sandbox } from './support/program.ts';
import { makeProject } from './support/project.ts';

describe('regenerate refuses', () => {
  test('a directory that is no project of ours', async () => {
    const cwd = sandbox();
    expect(await run(cwd, ['regenerate'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('manifest.json'),
    });
    expect(listing(cwd)).toEqual([]);
  });

  test.each([
    [['regenerate', 'jtw'], 'Did you mean jwt?'],
    [['regenerate', '--name', 'x'], '--name'],
    [['regenerate', '--undo', '--auth', 'jwt'], '--auth'],
    [['regenerate', 'cors', '--undo'], 'not that of some modules'],
    [['regenerate', 'password', '--apply', 'plan.json'], 'not that of some modules'],
    [['regenerate', '--plan', 'plan.json', '--verify'], '--verify means nothing beside --plan'],
    [['regenerate', '--plan', 'plan.json', '--no-install'], '--no-install means nothing'],
    [['regenerate', '--on-conflict', 'mine'], 'mine'],
    [['diff', '--undo'], '--undo'],
    [['regenerate', '--refresh', 'body'], 'does not apply'],
    [['regenerate', '--apply', 'nothing.json'], 'nothing.json'],
  ])('%j', async (args, said) => {
    const project = await makeProject();
    const before = project.state();
    expect(await project.run(...args)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(said),
    });
    expect(project.state()).toEqual(before);
  });

  test('a record whose paths lead out, or that is damaged', async () => {
    const project = await makeProject();
    const base = join(project.root, '.secure-express/base.gz');
    writeFileSync(base, gzipSync(JSON.stringify({ '../../evil': 'x' })));
    expect(await project.regenerate()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('leads out'),
    });
    writeFileSync(base, 'x');
    expect(await project.regenerate()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('damaged'),
    });
  });

  test('to put secrets into a file that git tracks', async () => {
    const project = await makeProject();
    const git = (...args: readonly string[]) => execa('git', args, { cwd: project.root });
    await git('init', '--quiet');
    await git('add', '--force', '.env');
    const before = project.state();
    expect(await project.regenerate('--auth', 'both')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/git tracks "?.env"?, .*nothing was written\.\n {2}git rm/),
    });
    expect(project.state()).toEqual(before);
    expect(await project.regenerate('--helmet', 'web')).toMatchObject({ exitCode: 0 });
  });

  test('to write through a link that leads out', async () => {
    const project = await makeProject();
    const outside = sandbox();
    rmSync(join(project.root, 'src/auth'), { recursive: true });
    symlinkSync(outside, join(project.root, 'src/auth'));
    const { exitCode, stderr } = await project.regenerate('--auth', 'both');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('symbolic link'),
    });
    expect(listing(outside)).toEqual([]);
  });
});
