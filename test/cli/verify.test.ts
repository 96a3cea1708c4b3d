import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { run } from './support/program.ts';
import { makeProject, type Project } from './support/project.ts';

const BOTH = ['regenerate', '--auth', 'both', '--verify'] as const;

/** A project whose own test does not stand the files of tokens, and an npm that installs a lock file only. */
async function scene() {
  const project = await makeProject();
  const test =
    'echo fine; test ! -e src/auth/bearer.ts || { echo "Error: bearer is there"; exit 1; }';
  project.edit('package.json', (text) =>
    JSON.stringify({ ...JSON.parse(text), scripts: { typecheck: 'true', test } }, null, 2),
  );
  outputFileSync(join(project.root, 'package-lock.json'), 'as it was');
  const programs = join(project.root, '..', 'programs');
  const script = `[ "$1" = install ] && { echo "$PWD" >> ../installs; echo new > package-lock.json; exit; }`;
  outputFileSync(
    join(programs, 'npm'),
    `#!/bin/sh\n${script}\nPATH='${process.env.PATH}' exec npm "$@"\n`,
  );
  chmodSync(join(programs, 'npm'), 0o755);
  // npm keeps its logs at home.
  const env = { PATH: `${programs}:${process.env.PATH}`, HOME: join(project.root, '..') };
  return { project, regenerate: (...args: readonly string[]) => run(project.root, args, { env }) };
}

const installed = ({ root }: Project) => existsSync(join(root, '../installs'));

describe('--verify', () => {
  test('shows what it runs, and that nothing got worse', async () => {
    const { regenerate } = await scene();
    const args = ['regenerate', '--cors', 'https://a.example', '--verify'];
    const { exitCode, stdout } = await regenerate(...args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\$ npm run test +without the change\n✔ npm run test passes/);
    expect(stdout).toMatch(/\$ npm run test +with the change\n✔ npm run test passes/);
    expect(stdout).toContain('Nothing got worse.');
  });

  test('also where package.json begins with a byte order mark', async () => {
    const { project, regenerate } = await scene();
    project.edit('package.json', (text) => `\uFEFF${text}`);
    const args = ['regenerate', '--cors', 'https://a.example', '--verify'];
    const { exitCode, stdout } = await regenerate(...args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\$ npm run test +with the change\n✔ npm run test passes/);
  });

  test('takes everything back where something got worse, and says what', async () => {
    const { project, regenerate } = await scene();
    const before = project.state();
    const { exitCode, stdout, stderr } = await regenerate(...BOTH);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/✖ npm run test fails .*\n {2}Error: bearer is there\n/);
    expect(stderr).toContain('Everything is taken back.');
    expect(stderr).toContain('npm run test fails with the change, and did not before');
    expect(installed(project)).toBe(true);
    // Installing again, for what is there again, is npm's business.
    expect({ ...project.state(), 'package-lock.json': '' }).toEqual({
      ...before,
      'package-lock.json': '',
    });
    expect(await project.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(project.root, 'src/auth/bearer.ts'))).toBe(true);
  });

  test('is refused where new packages would be missing', async () => {
    const { project, regenerate } = await scene();
    const before = project.state();
    const { exitCode, stderr } = await regenerate(...BOTH, '--no-install');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--no-install leaves out: .*jsonwebtoken/);
    expect(project.state()).toEqual(before);
    // Other headers come with no other packages.
    const fine = await regenerate('regenerate', '--helmet', 'web', '--verify', '--no-install');
    expect(fine).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Nothing got worse.'),
    });
  });
});
