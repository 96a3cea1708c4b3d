import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addTo, filesOf, removeFrom } from '../../host/lab/in-host.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'host-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const APP =
  "const express = require('express');\nconst app = express();\napp.get('/', home);\napp.listen(1);\n";

function layOut(packageJson: object, files: Readonly<Record<string, string>> = {}): void {
  const all = { '.git/HEAD': '', 'app.js': APP, 'package.json': JSON.stringify(packageJson) };
  for (const [path, content] of Object.entries({ ...all, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('packages of a host', () => {
  test('stay as they are where they will do, and are never lowered', async () => {
    const own = { express: '^5.1.0', helmet: '8.1.0', zod: '^4.99.0', '@types/node': '^24.0.0' };
    layOut({ dependencies: own });
    await addTo(root);
    expect(JSON.parse(read('package.json')).dependencies).toMatchObject(own);
  });
});

describe('types of a host', () => {
  const typed = { 'app.js': '', 'src/app.ts': APP };

  test.each([
    ['old ones of Node.js', { '@types/node': '^14.18' }, '^4.17.25'],
    ['new ones of Node.js', { '@types/node': '^24.0.0' }, '4.17.11'],
  ])('those of Express follow %s', async (_, types, expected) => {
    const own = { '@types/express': '4.17.11', typescript: '^5.4.0', ...types };
    layOut({ dependencies: { express: '4.17.1' }, devDependencies: own }, typed);
    await addTo(root);
    expect(JSON.parse(read('package.json')).devDependencies['@types/express']).toBe(expected);
  });
});

describe('what somebody did in between', () => {
  const host = { dependencies: { express: '^5.1.0' } };

  test('stays when ours goes', async () => {
    layOut(host);
    await addTo(root);
    writeFileSync(join(root, 'app.js'), `${read('app.js')}// mine\n`);
    writeFileSync(join(root, '.env'), `${read('.env')}MINE=1\n`);
    await removeFrom(root);
    expect(read('app.js')).toBe(`${APP}// mine\n`);
    expect(read('.env')).toContain('MINE=1');
    expect(read('.env')).not.toContain('SESSION_SECRETS');
  });

  test.each([
    ['a second application', {}, 'metrics.js', APP],
    [
      'nothing that answers any more',
      {
        'app.js': "const x = require('./x');\nconst app = require('express')();\napp.use(x);\n",
        'x.js': "const x = require('express').Router();\nx.get('/', home);\nmodule.exports = x;\n",
      },
      'x.js',
      'module.exports = (req, res, next) => next();\n',
    ],
  ])('leaves ours mounted: %s', async (_, files, path, text) => {
    layOut(host, files);
    const app = read('app.js');
    await addTo(root);
    const mounted = read('app.js');
    expect(mounted).toContain('secureAuth()');
    writeFileSync(join(root, path), text);
    const { changes } = await addTo(root, { hash: 'bcrypt' });
    expect(changes.some(({ kind }) => kind === 'update')).toBe(true);
    expect(read('app.js')).toBe(mounted);
    await removeFrom(root);
    expect(read('app.js')).toBe(app);
  });

  test('with accounts in it is told, and not deleted', async () => {
    layOut(host);
    await addTo(root);
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'data/app.db'), 'alice');
    const { findings } = await removeFrom(root);
    expect(findings).toMatchObject([{ kind: 'kept', code: 'database', where: 'data/app.db' }]);
    expect(read('data/app.db')).toBe('alice');
    await addTo(root, {}, { modules: ['helmet'] });
    expect((await removeFrom(root)).findings).toEqual([]);
  });

  test.each([
    ['none before', undefined, '/data/app.db*\n'],
    ['one of the host', '.env\r\ndist', '.env\r\ndist\r\n/data/app.db*\r\n'],
    ['one that has it', '.env\ndata/\n', '.env\ndata/\n/data/app.db*\n'],
  ])('with accounts in it stays out of git, .gitignore: %s', async (_, before, after) => {
    layOut(host, before === undefined ? {} : { '.gitignore': before });
    await addTo(root);
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'data/app.db'), 'alice');
    await removeFrom(root);
    expect(read('.gitignore')).toBe(after);
    rmSync(join(root, 'data'), { recursive: true });
    await addTo(root);
    await removeFrom(root);
    expect(read('.gitignore')).toBe(after);
  });

  test('with accounts in it stays out of git when something else of ours stays', async () => {
    layOut(host);
    await addTo(root, {}, { modules: ['auth', 'helmet'] });
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'data/app.db'), 'alice');
    const { findings } = await removeFrom(root, { modules: ['auth'] });
    expect(findings).toMatchObject([{ code: 'database' }]);
    await addTo(root, { helmet: 'web' });
    expect(read('.gitignore')).toContain('/data/app.db*\n');
  });

  test('in what is to go is a conflict, and nothing is removed', async () => {
    layOut(host);
    await addTo(root);
    const path = 'secure-auth/config.js';
    writeFileSync(join(root, path), `${read(path)}// mine\n`);
    const before = await filesOf(root);
    await expect(removeFrom(root)).rejects.toMatchObject({ code: 'conflicts', exitCode: 3 });
    expect(await filesOf(root)).toEqual(before);
    await removeFrom(root, { onConflict: 'keep' });
    expect(read(path)).toContain('// mine');
    expect(read('app.js')).toBe(APP);
  });
});

test('a file that the first module needed nothing in is no conflict with the second', async () => {
  layOut({ dependencies: { express: '^5.1.0' } }, { '.gitignore': '.env\n' });
  await addTo(root, {}, { modules: ['helmet'] });
  await addTo(root);
  expect(read('.gitignore')).toBe('.env\n/data/app.db*\n');
  expect(read('.env.example')).toContain('SESSION_SECRETS=\n');
  await removeFrom(root);
  expect(read('.gitignore')).toBe('.env\n');
});

describe('settings', () => {
  test('are shown in the file that the host shows its own in', async () => {
    const sample = '# The port.\nPORT=3000\n';
    layOut({ dependencies: { express: '^5.1.0' } }, { '.env.sample': sample });
    await addTo(root);
    expect(read('.env.sample').startsWith(sample)).toBe(true);
    expect(read('.env.sample')).toContain('SESSION_SECRETS=\n');
    expect(Object.keys(await filesOf(root))).not.toContain('.env.example');
    const { changes } = await addTo(root);
    expect(changes.filter(({ kind }) => kind !== 'unchanged')).toEqual([]);
    await removeFrom(root);
    expect(read('.env.sample')).toBe(sample);
  });

  test('are added to those that are there, and taken out again byte for byte', async () => {
    const env = 'A=1\r\nSECRET=of the host';
    layOut({ dependencies: { express: '^5.1.0' } }, { '.env': env, '.gitignore': '.env*\n' });
    await addTo(root);
    expect(read('.env').startsWith(env)).toBe(true);
    expect(read('.env')).toMatch(/\r\nSESSION_SECRETS=[\w-]{43}$/);
    await removeFrom(root);
    expect(read('.env')).toBe(env);
  });
});

describe('git', () => {
  const git = (...args: readonly string[]) => execa('git', args, { cwd: root });
  const inRepository = async (files: Readonly<Record<string, string>>) => {
    layOut({ dependencies: { express: '^5.1.0' } }, files);
    rmSync(join(root, '.git'), { recursive: true });
    await git('init', '--quiet');
  };

  test('that tracks .env gets no secrets', async () => {
    await inRepository({ '.env': 'PORT=1\n', '.gitignore': '.env\n' });
    await git('add', '--force', '.env');
    const before = await filesOf(root);
    for (const dryRun of [true, false]) {
      await expect(addTo(root, {}, { dryRun })).rejects.toMatchObject({
        code: 'secrets-tracked',
        exitCode: 3,
        mend: expect.stringMatching(/^git rm --cached .env/),
      });
    }
    expect(await filesOf(root)).toEqual(before);
    await addTo(root, {}, { modules: ['helmet'] });
    await expect(addTo(root)).rejects.toMatchObject({ code: 'secrets-tracked' });
    await git('rm', '--quiet', '--cached', '.env');
    expect((await addTo(root)).addition?.isHidden).toBe(true);
  });

  test.each([
    ['taken in again further down', '.env\n!.env\n', '.env\n!.env\n.env\n'],
    ['the example taken in again', '.env*\n!.env.example\n', '.env*\n!.env.example\n'],
    ['a folder', '.env/\n', '.env/\n.env\n'],
  ])('does not see .env, whatever .gitignore says: %s', async (_, before, after) => {
    await inRepository({ '.gitignore': before });
    const { addition } = await addTo(root);
    expect(addition?.isHidden).toBe(true);
    expect(read('.gitignore')).toBe(`${after}/data/app.db*\n`);
  });

  test.each([
    ['*.env\n', false],
    ['.env\n!*.env\n', true],
    ['/.env\n', true],
    ['**/.env\n', false],
  ])('does not see .env in a workspace of it, above which stands %j', async (above, needed) => {
    await inRepository({ '.gitignore': above, 'api/app.js': APP });
    const api = join(root, 'api');
    writeFileSync(join(api, 'package.json'), read('package.json'));
    expect((await addTo(api)).addition?.isHidden).toBe(true);
    expect(read('api/.gitignore').includes('.env')).toBe(needed);
  });

  test('that is not there cannot hide .env', async () => {
    layOut({ dependencies: { express: '^5.1.0' } });
    expect((await addTo(root)).addition?.isHidden).toBe(false);
  });
});
