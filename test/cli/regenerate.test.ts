import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { listing, QUIET, quietEnvironment, run, sandbox } from './support/program.ts';
import { makeProject } from './support/project.ts';

const BOTH = ['--auth', 'both', '--hash', 'argon2id'] as const;

describe('regenerate', () => {
  test('changes nothing where nothing is to change', async () => {
    const project = await makeProject();
    const before = project.state();
    const { exitCode, stdout } = await project.regenerate();
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('Nothing to change'),
    });
    expect(project.state()).toEqual(before);
  });

  test('to other answers makes what those make, and a second time changes nothing', async () => {
    const project = await makeProject('--hash', 'bcrypt');
    const env = project.read('.env');
    const { exitCode, stdout } = await project.regenerate(...BOTH);
    // Nobody has edited anything.
    expect({ exitCode, first: stdout.split('\n')[0] }).toEqual({
      exitCode: 0,
      first: expect.stringMatching(/^\d+ new, \d+ changed, 1 deleted \(other/),
    });
    const fresh = await makeProject(...BOTH);
    const differs = Object.keys({ ...fresh.state(), ...project.state() })
      .filter((path) => fresh.state()[path] !== project.state()[path])
      .sort();
    // What stays of the past: secrets, tables as they were made, and the way to check what is stored.
    expect(differs).toEqual([
      '.env',
      '.secure-express/base.gz',
      '.secure-express/manifest.json',
      'README.md',
      'SECURITY.md',
      'migrations/0000_init.sql',
      'migrations/0001_secure_express.sql',
      'migrations/meta/0000_snapshot.json',
      'migrations/meta/0001_snapshot.json',
      'migrations/meta/_journal.json',
      'package.json',
      'src/auth/bcrypt.ts',
      'src/server.ts',
      'test/former-hashes.test.ts',
    ]);
    expect(project.read('src/server.ts')).toContain('createPasswords(argon2id(), [bcrypt()])');
    expect(project.read('.env').startsWith(env)).toBe(true);
    expect(Object.keys(parseEnv(project.read('.env'))).sort()).toEqual([
      'JWT_SECRETS',
      'SESSION_SECRETS',
    ]);
    expect(statSync(join(project.root, '.env')).mode & 0o777).toBe(0o600);

    const after = project.state();
    expect((await project.regenerate(...BOTH)).stdout).toContain('Nothing to change');
    expect((await project.regenerate()).stdout).toContain('Nothing to change');
    expect(project.state()).toEqual(after);
  });

  test('keeps what was edited, added and deleted', async () => {
    const project = await makeProject();
    project.edit('src/app.ts', (text) => `${text}\nexport const mine = 1;\n`);
    project.edit('src/config.ts', (text) => text.replaceAll('\n', '\r\n'));
    project.edit('package.json', (text) => text.replace('"0.1.0"', '"3.0.0"').trimEnd());
    outputFileSync(join(project.root, 'src/mine.ts'), 'export {};\n');
    rmSync(join(project.root, 'Dockerfile'));
    rmSync(join(project.root, 'SECURITY.md'));
    const { exitCode, stdout } = await project.regenerate('--auth', 'both');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/keep +SECURITY.md +it is not there, and stays so/);
    expect(project.read('src/app.ts')).toContain('export const mine = 1;');
    expect(project.read('src/mine.ts')).toBe('export {};\n');
    expect(JSON.parse(project.read('package.json'))).toMatchObject({
      version: '3.0.0',
      dependencies: { jsonwebtoken: expect.any(String) },
    });
    expect(project.read('package.json').endsWith('}')).toBe(true);
    expect(project.read('src/config.ts')).toContain('JWT_SECRETS');
    expect(project.read('src/config.ts').replaceAll('\r\n', '')).not.toContain('\n');
    expect(listing(project.root)).not.toContain('Dockerfile');
    expect(listing(project.root)).not.toContain('SECURITY.md');
  });

  const clash = async () => {
    const project = await makeProject();
    const line = /^const settings = .*$|^export interface Config.*$|^import .*zod.*$/m;
    project.edit('src/config.ts', (text) => text.replace(line, (found) => `${found} // mine`));
    project.edit('README.md', (text) => text.replace(/^An HTTP API.*$/m, 'My own API.'));
    return project;
  };

  test('stops at a conflict, and writes nothing', async () => {
    const project = await clash();
    const before = project.state();
    const { exitCode, stdout, stderr } = await project.regenerate('--auth', 'both');
    expect(exitCode).toBe(3);
    // What is to be decided stands last, and what decides it can be pasted.
    expect(stdout).toMatch(
      /^\d+ new, .*, 1 conflict \(other answers\)\n[\s\S]*\n {2}conflict README.md .*line \d+$/,
    );
    const command = 'npx create-secure-express@\\S+';
    const again = 'regenerate --no-install --auth both --on-conflict';
    expect(stderr).toMatch(new RegExp(`${command} diff --auth both\n`));
    for (const choice of ['merge', 'keep', 'theirs']) {
      expect(stderr).toMatch(new RegExp(`${command} ${again} ${choice}(\n|$)`));
    }
    expect(project.state()).toEqual(before);
    expect((await project.json('regenerate', '--auth', 'both')).error).toMatchObject({
      code: 'conflicts',
      where: 'README.md',
    });
  });

  test.each([
    ['merge', /<<<<<<< yours\nMy own API\.\n=======\nAn HTTP API.*\n>>>>>>> create-secure/],
    ['keep', /^My own API\.$/m],
    ['theirs', /^An HTTP API.*tokens/m],
  ])('with --on-conflict %s does as it says, and the next time nothing', async (policy, shown) => {
    const project = await clash();
    const flags = ['--auth', 'both', '--on-conflict', policy];
    expect(await project.regenerate(...flags)).toMatchObject({ exitCode: 0 });
    expect(project.read('README.md')).toMatch(shown);
    expect(project.read('README.md')).toContain('/auth/token');
    const { stdout } = await project.regenerate('--auth', 'both');
    expect(stdout).toContain('Nothing to change');
    // Until somebody has decided, it is said.
    const said = stdout.includes('! 1 file has conflict markers: README.md:3.');
    expect(said).toBe(policy === 'merge');
    const { findings } = await project.json('doctor');
    expect(findings.map(({ where }: { where: string }) => where)).toEqual(
      policy === 'merge' ? ['README.md:3'] : [],
    );
  });

  test('a file that is no longer needed and was edited is a conflict', async () => {
    const project = await makeProject('--auth', 'both');
    project.edit('src/auth/bearer.ts', (text) => `${text}// mine\n`);
    const { exitCode, stdout } = await project.regenerate('--auth', 'session');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/conflict +src\/auth\/bearer.ts +.*no longer needed/);
    expect(await project.regenerate('--auth', 'session', '--on-conflict', 'keep')).toMatchObject({
      exitCode: 0,
    });
    expect(project.read('src/auth/bearer.ts')).toContain('// mine');
    expect(existsSync(join(project.root, 'src/auth/refresh-tokens.ts'))).toBe(false);
  });

  test('of one module leaves the others', async () => {
    const project = await makeProject();
    const { changes } = await project.json(
      'regenerate',
      'cors',
      '--dry-run',
      '--cors',
      'https://a.example',
    );
    const paths = changes
      .filter(({ change }: { change: string }) => change !== 'unchanged')
      .map(({ path }: { path: string }) => path);
    expect(paths).toContain('src/security/cors.ts');
    expect(paths).not.toContain('src/auth/auth.ts');
    expect(await project.regenerate('cors', '--cors', 'https://a.example')).toMatchObject({
      exitCode: 0,
    });
    expect((await project.regenerate('cors')).stdout).toContain('Nothing to change');
    expect((await project.regenerate()).stdout).toContain('Nothing to change');
  });

  test('says why each file changes', async () => {
    const project = await makeProject();
    const { changes } = await project.json('diff', '--auth', 'both');
    const change = (path: string) => changes.find((one: { path: string }) => one.path === path);
    expect(change('src/auth/bearer.ts')).toMatchObject({
      change: 'create',
      reasons: [{ kind: 'answers' }],
      diff: expect.stringContaining('+++ b/src/auth/bearer.ts'),
    });
    expect(JSON.stringify(changes)).not.toContain(parseEnv(project.read('.env')).SESSION_SECRETS);
    expect(change('.env').diff).toBe('.env: adds JWT_SECRETS\n');
  });

  test('does a saved plan exactly, or not at all', async () => {
    const project = await makeProject();
    const plan = join(project.root, '..', 'plan.json');
    expect(await project.run('regenerate', '--auth', 'both', '--plan', plan)).toMatchObject({
      exitCode: 0,
    });
    expect(readFileSync(plan, 'utf8')).not.toContain(
      parseEnv(project.read('.env')).SESSION_SECRETS,
    );
    const before = project.state();
    project.edit('src/config.ts', (text) => `${text}// moved\n`);
    const refused = await project.regenerate('--apply', plan);
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('src/config.ts'),
    });
    project.edit('src/config.ts', (text) => text.replace('// moved\n', ''));
    expect(project.state()).toEqual(before);
    expect(await project.regenerate('--apply', plan)).toMatchObject({ exitCode: 0 });
    expect((await project.regenerate('--auth', 'both')).stdout).toContain('Nothing to change');
    expect(await project.regenerate('--apply', plan)).toMatchObject({ exitCode: 3 });
  });

  test('in a repository with changes says so, and git does not see the way back', async () => {
    const project = await makeProject();
    const git = (...args: readonly string[]) =>
      execa('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
        cwd: project.root,
        env: quietEnvironment(project.root),
        extendEnv: false,
      });
    await git('init', '--quiet');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'x');
    expect((await project.regenerate('--cors', 'https://a.example')).stderr).toBe('');
    await git('commit', '--quiet', '--all', '--message', 'x');
    // A workspace package, and another that is at work.
    outputFileSync(join(project.root, 'package.json'), `${project.read('package.json')}\n`);
    const api = join(project.root, 'packages/api');
    await run(project.root, ['packages/api', ...QUIET]);
    const elsewhere = await run(api, ['regenerate', '--no-install', '--helmet', 'web']);
    expect(elsewhere).toMatchObject({ exitCode: 0, stderr: '' });
    const { stdout } = await git('status', '--porcelain');
    expect(stdout).not.toContain('undo');
    const { exitCode, stderr } = await project.regenerate('--auth', 'both');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('not committed'),
    });
  });
});

describe('regenerate, in a project of an earlier version', () => {
  /** Makes the project what an earlier version would have made: on the disk, and in the record. */
  const age = async () => {
    const project = await makeProject();
    const recorded = join(project.root, '.secure-express/base.gz');
    const base = JSON.parse(gunzipSync(readFileSync(recorded)).toString());
    const put = (path: string, text: string | undefined) => {
      base[path] = text;
      if (text === undefined) rmSync(join(project.root, path));
      else outputFileSync(join(project.root, path), text);
    };
    const digest = project.read('src/auth/digest.ts');
    put(
      'src/auth/passwords.ts',
      project.read('src/auth/passwords.ts').replace(/^ +\/\/ .*\n/gm, ''),
    );
    put('package.json', project.read('package.json').replace(/("zod": )"[^"]*"/, '$1"^4.0.0"'));
    put('src/auth/digest.ts', undefined);
    put('src/auth/weak.ts', 'export const weak = true;\n');
    writeFileSync(recorded, gzipSync(JSON.stringify(base)));
    project.edit('.secure-express/manifest.json', (text) => {
      const manifest = JSON.parse(text);
      manifest.files['src/auth/weak.ts'] = { feature: 'auth', sha256: '' };
      return JSON.stringify({ ...manifest, version: '0.0.1', build: 'of that version' });
    });
    return { project, digest };
  };

  test('brings what is new, changed and gone, beside what was edited', async () => {
    const fresh = await makeProject();
    const { project, digest } = await age();
    project.edit('src/auth/passwords.ts', (text) => `${text}\nexport const mine = 1;\n`);
    project.edit('package.json', (text) => text.replace('"0.1.0"', '"7.0.0"'));
    const { exitCode, stdout } = await project.regenerate();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/merge +src\/auth\/passwords.ts +maintenance/);
    expect(stdout).toMatch(/delete +src\/auth\/weak.ts +maintenance/);
    expect(project.read('src/auth/passwords.ts')).toBe(
      `${fresh.read('src/auth/passwords.ts')}\nexport const mine = 1;\n`,
    );
    expect(project.read('src/auth/digest.ts')).toBe(digest);
    expect(existsSync(join(project.root, 'src/auth/weak.ts'))).toBe(false);
    expect(project.read('package.json')).toBe(
      fresh.read('package.json').replace('"0.1.0"', '"7.0.0"'),
    );
    expect(project.read('.secure-express/manifest.json')).toBe(
      fresh.read('.secure-express/manifest.json'),
    );
    expect((await project.regenerate()).stdout).toContain('Nothing to change');
  });

  test('of one module leaves the others of the version that they are', async () => {
    const { project } = await age();
    expect(await project.regenerate('cors')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(project.root, 'src/auth/weak.ts'))).toBe(true);
    expect(JSON.parse(project.read('.secure-express/manifest.json')).version).toBe('0.0.1');
    expect(await project.regenerate('auth')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(project.root, 'src/auth/weak.ts'))).toBe(false);
  });
});

test('diff shows what would change, in colour where that is wanted', async () => {
  const project = await makeProject();
  const before = project.state();
  const plain = await project.run('diff', '--cors', 'https://a.example');
  expect(plain).toMatchObject({ exitCode: 0 });
  expect(plain.stdout).toMatch(/^\+\+\+ b\/src\/security\/cors\.ts$/m);
  expect(plain.stdout).not.toContain('\u001b');
  const coloured = await run(project.root, ['diff', '--cors', 'https://a.example'], {
    env: { FORCE_COLOR: '1' },
  });
  expect(coloured.stdout).toContain('\u001b[32m+');
  expect((await project.run('diff')).stdout).toBe('Nothing to change');
  expect(project.state()).toEqual(before);
});

test('settings that are a link elsewhere are left alone', async () => {
  const project = await makeProject();
  const elsewhere = join(sandbox(), 'settings');
  writeFileSync(elsewhere, project.read('.env'));
  rmSync(join(project.root, '.env'));
  symlinkSync(elsewhere, join(project.root, '.env'));
  const before = readFileSync(elsewhere, 'utf8');
  const { exitCode, stdout } = await project.regenerate('--auth', 'both');
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/keep +\.env +it is a link/),
  });
  expect(readFileSync(elsewhere, 'utf8')).toBe(before);
});

test.each([
  ['a file', 'src/config.ts', 0o444],
  ['a directory', 'src/auth', 0o555],
])('%s that is read-only stops everything, and all is as it was', async (_, path, mode) => {
  // Root may write anywhere.
  const somebody = process.getuid?.() === 0 ? 65534 : process.getuid?.();
  const project = await makeProject();
  for (const name of ['.', ...listing(project.root)]) {
    chownSync(join(project.root, name), somebody ?? 0, somebody ?? 0);
  }
  chmodSync(join(project.root, '..'), 0o755);
  chmodSync(join(project.root, path), mode);
  const before = project.state();
  const loader = `data:text/javascript,process.getuid() === 0 && process.setuid(${somebody})`;
  const args = ['regenerate', '--no-install', '--auth', 'both'];
  const struck = await run(project.root, args, { node: ['--import', loader] });
  // Or it could not be cleared away.
  chmodSync(join(project.root, path), 0o755);
  expect(struck).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      new RegExp(`/${path}\\S*" may not be written to; nothing was written\\.\n  Give yourself`),
    ),
  });
  expect(project.state()).toEqual(before);
});
