import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHostFiles } from '../../../src/host/host-files.ts';
import { type Host, readHost } from '../../../src/host/read-host.ts';
import { targetOf, wiringLines } from '../../../src/host/wire.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'host-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const APP = "import express from 'express';\nexport const app = express();\napp.get('/', home);\n";

/** Files by path; an object is JSON. */
type Files = Readonly<Record<string, string | object>>;

function hostOf(files: Files, at = '.'): Host {
  const all = { 'package.json': { dependencies: { express: '^5.1.0' } }, 'src/app.js': APP };
  for (const [path, content] of Object.entries({ '.git/HEAD': '', ...all, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(root, path), text);
  }
  return readHost(openHostFiles(join(root, at)), { packageManager: 'npm' });
}

const json = (more: object) => ({ dependencies: { express: '^5.1.0' }, ...more });

describe('what a host is like', () => {
  test('one with nothing special', () => {
    expect(hostOf({}).shape).toEqual({
      language: 'javascript',
      modules: 'commonjs',
      importSuffix: '',
      express: 5,
      testRunner: undefined,
      packageManager: 'npm',
      sourceRoot: 'src',
      folder: 'src/secure-auth',
      style: { indent: '  ', quote: "'", semicolons: true, eol: '\n' },
    });
  });

  test.each<[string, Files, string]>([
    ['a lock file', { 'yarn.lock': '' }, 'yarn'],
    ['another', { 'pnpm-lock.yaml': '' }, 'pnpm'],
    [
      'the field',
      { 'package.json': json({ packageManager: 'bun@1.2.0' }), 'yarn.lock': '' },
      'bun',
    ],
    ['nothing', {}, 'npm'],
  ])('the package manager, by %s', (_, files, expected) => {
    expect(hostOf(files).shape.packageManager).toBe(expected);
  });

  test('in a workspace, what lies above counts', () => {
    const { shape } = hostOf(
      {
        'pnpm-lock.yaml': '',
        'node_modules/express/package.json': { version: '4.21.2' },
        'apps/api/package.json': json({ type: 'module' }),
        'apps/api/src/server.js': APP,
      },
      'apps/api',
    );
    expect(shape).toMatchObject({ packageManager: 'pnpm', express: 4, modules: 'esm' });
  });

  test.each<[string, object, 4 | 5]>([
    ['a caret', { dependencies: { express: '^4.18.0' } }, 4],
    ['an x', { dependencies: { express: '4.x' } }, 4],
    ['anything', { dependencies: { express: 'latest' } }, 5],
    ['a development dependency', { devDependencies: { express: '~4.17.1' } }, 4],
  ])('the version of Express, by %s', (_, content, expected) => {
    expect(hostOf({ 'package.json': content }).shape.express).toBe(expected);
  });

  const typed = { devDependencies: { typescript: '^5.4.0' } };

  test.each<[string, Files, object]>([
    [
      'CommonJS by its compiler, whatever its package says',
      {
        'package.json': json({ ...typed, type: 'module' }),
        'tsconfig.json': '{ // said\n "compilerOptions": { "module": "CommonJS" }, }',
      },
      { modules: 'commonjs', importSuffix: '' },
    ],
    [
      'ES modules',
      {
        'package.json': json({ ...typed, type: 'module' }),
        'tsconfig.json': { extends: './tsconfig.base.json' },
        'tsconfig.base.json': { compilerOptions: { module: 'nodenext' } },
      },
      { modules: 'esm', importSuffix: '.js' },
    ],
    [
      'the suffix of its own imports',
      {
        'package.json': json({ ...typed, type: 'module' }),
        'src/a.ts': "import './b.ts';\nimport c from './c.ts';\nimport d from './d.js';\n",
      },
      { modules: 'esm', importSuffix: '.ts' },
    ],
  ])('TypeScript: %s', (_, files, expected) => {
    const { shape } = hostOf({ 'src/app.ts': APP, 'src/app.js': '', ...files });
    expect(shape).toMatchObject({ language: 'typescript', ...expected });
  });

  test.each([
    ['vitest', { devDependencies: { vitest: '1' } }],
    ['jest', { devDependencies: { jest: '1', vitest: '1' }, scripts: { test: 'jest --ci' } }],
    ['node', { scripts: { test: 'node --test' }, devDependencies: { jest: '1' } }],
    ['mocha', { scripts: { test: 'nyc mocha' } }],
  ])('tests with %s', (expected, more) => {
    expect(hostOf({ 'package.json': json(more) }).shape.testRunner).toBe(expected);
  });

  test.each<[string, Files, string, string]>([
    ['at the root', { 'app.js': APP, 'src/app.js': '' }, '', 'secure-auth'],
    [
      'in another folder',
      { 'server/a/app.js': APP, 'src/app.js': '' },
      'server',
      'server/secure-auth',
    ],
    ['with a file that would hide it', { 'src/secure-auth.js': '' }, 'src', 'src/secure-express'],
  ])('a place for the module: %s', (_, files, sourceRoot, folder) => {
    expect(hostOf(files).shape).toMatchObject({ sourceRoot, folder });
  });
});

describe('what a host has already', () => {
  test('is told, with its place', () => {
    const { findings } = hostOf({
      'package.json': json({ devDependencies: { helmet: '1', cors: '1', passport: '1' } }),
      'src/app.js': `${APP}// app.use(cors())\napp.use(helmet());\napp.set('trust proxy', true);\napp.use(cors({ origin: true, credentials: true }));\n`,
      'src/auth/index.js': '',
      'src/app.test.js': 'passport.use(x)',
    });
    expect(findings.map(({ kind, code, where }) => [kind, code, where])).toEqual([
      ['kept', 'helmet', 'src/app.js:5'],
      ['kept', 'cors', 'src/app.js:7'],
      ['risk', 'trust-proxy', 'src/app.js:6'],
      ['risk', 'reflected-cors', 'src/app.js:7'],
      ['kept', 'auth-folder', 'src/auth'],
    ]);
  });

  test('also between paths that look like comments', () => {
    const { findings } = hostOf({
      'package.json': json({ dependencies: { helmet: '8', express: '5' } }),
      'src/app.js': `${APP}app.get('/assets/*', a);\napp.use(helmet());\napp.enable('trust proxy');\napp.get('/b/*', b);\n`,
    });
    expect(findings.map(({ code, where }) => [code, where])).toEqual([
      ['helmet', 'src/app.js:5'],
      ['trust-proxy', 'src/app.js:6'],
    ]);
  });

  test.each([
    ['cors({ origin: true })', 1],
    ['cors({ origin: (from, done) => done(null, true), credentials: true })', 1],
    ['cors({ origin: async (_, ok) => ok(null, true) })', 1],
    ['cors({ origin: (from, done) => done(null, from === own) })', 0],
    ["cors({ origin: 'https://a.example.com' })", 0],
  ])('a risk or none: %s', (call, count) => {
    const { findings } = hostOf({ 'src/app.js': `${APP}app.use(${call});\n` });
    expect(findings.filter(({ code }) => code === 'reflected-cors')).toHaveLength(count);
  });

  test.each<[string, Files, number]>([
    ['is off', { 'tsconfig.json': {} }, 1],
    ['is on', { 'tsconfig.json': { compilerOptions: { skipLibCheck: true } } }, 0],
    [
      'is on in what it extends',
      {
        'tsconfig.json': { extends: './base.json' },
        'base.json': { compilerOptions: { skipLibCheck: true } },
      },
      0,
    ],
  ])('a step is left to a person where skipLibCheck %s', (_, files, count) => {
    const { findings } = hostOf({ 'src/app.js': '', 'src/app.ts': APP, ...files });
    expect(findings.filter(({ code }) => code === 'library-check')).toHaveLength(count);
  });

  test.each([
    ['cors()', 1],
    ["cors({ origin: '*' })", 1],
    ['cors({ methods: ["GET"] })', 1],
    ["cors({ methods: ['GET'], origin: 'https://a.example.com' })", 0],
    ['cors({ origin: own })', 0],
    ['cors(settings)', 0],
  ])('every origin, or not: %s', (call, count) => {
    const { findings } = hostOf({
      'package.json': json({ dependencies: { cors: '2', express: '5' } }),
      'src/app.js': `${APP}app.use(${call});\n`,
    });
    expect(findings.map(({ code }) => code)).toEqual([
      'cors',
      ...Array.from({ length: count }, () => 'any-origin'),
    ]);
  });

  test('is nothing where there is nothing', () => {
    expect(
      hostOf({ 'src/x.js': "app.set('trust proxy', 1);\napp.use(cors());\n" }).findings,
    ).toEqual([]);
  });
});

describe('what cannot be added to', () => {
  test.each<[string, Files, string, number]>([
    ['a folder without a package', { 'package.json': 'no' }, 'no-package', 2],
    ['a package without Express', { 'package.json': {} }, 'no-express', 2],
    ['Express 3', { 'package.json': { dependencies: { express: '3.x' } } }, 'express-version', 3],
    [
      'Babel 6',
      { 'package.json': json({ devDependencies: { 'babel-core': '^6.9.0' } }) },
      'babel-version',
      3,
    ],
    [
      'TypeScript 4',
      {
        'package.json': json({ devDependencies: { typescript: '^4.9.5' } }),
        'src/app.js': '',
        'src/app.ts': APP,
      },
      'typescript-version',
      3,
    ],
  ])('%s', (_, files, code, exitCode) => {
    expect(() => hostOf(files)).toThrow(expect.objectContaining({ code, exitCode }));
  });
});

test('the bridge from the old name of Babel to the new one is none of the old', () => {
  const bridge = json({ devDependencies: { 'babel-core': '7.0.0-bridge.0' } });
  expect(hostOf({ 'package.json': bridge }).app.kind).toBe('found');
});

describe('where the application is made', () => {
  test.each<[string, Files, string | undefined]>([
    ['in one file', {}, 'src/app.js'],
    ['in its tests as well', { 'test/x.js': APP, 'src/x.spec.js': APP }, 'src/app.js'],
    [
      'in another package as well',
      { 'packages/x/package.json': '{}', 'packages/x/a.js': APP },
      'src/app.js',
    ],
    [
      'twice, and one is what starts',
      { 'src/metrics.js': APP, 'package.json': json({ scripts: { start: 'node src/app.js' } }) },
      'src/app.js',
    ],
    [
      'in parts, which the first mounts through a router',
      {
        'src/api/users.js': APP,
        'src/api/index.js': "router.use('/users', require('./users'));\n",
        'src/docs.js': APP,
        'src/app.js': `import docs from './docs.js';\n${APP}app.use('/docs', docs);\n`,
      },
      'src/app.js',
    ],
    ['twice', { 'src/metrics.js': APP }, undefined],
    ['nowhere', { 'src/app.js': '' }, undefined],
  ])('%s', (_, files, path) => {
    const { app } = hostOf(files);
    expect(app.kind === 'found' ? app.creation.path : undefined).toBe(path);
  });

  test('the lines for it are in the style of its file', () => {
    const text = 'import express from "express"\nconst server = express()\nserver.get("/", home)\n';
    const { app, shape } = hostOf({ 'package.json': json({ type: 'module' }), 'src/app.js': text });
    if (app.creation === undefined) throw new Error('no application');
    expect(wiringLines(['secureCors', 'secureAuth'], targetOf(app.creation), shape)).toEqual({
      imports: 'import { secureCors, secureAuth } from "./secure-auth/index.js"',
      mounts: ['server.use(secureCors())', 'server.use(secureAuth())'],
    });
  });
});

test('a folder that may not be looked into holds no sources', () => {
  hostOf({ 'pgdata/x.js': APP });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'pgdata'), 0o000);
  // Root may look anywhere.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    expect(openHostFiles(root).sources()).toEqual(['src/app.js']);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(join(root, 'pgdata'), 0o755);
  }
});

test('more sources than are looked at do not hide where an app may be, and are told', () => {
  mkdirSync(join(root, 'old'));
  for (let index = 0; index < 5001; index++) writeFileSync(join(root, `old/${index}.js`), '');
  const scripts = { start: 'node server/index.js' };
  const files = { 'server/index.js': '', 'main.js': '', 'package.json': json({ scripts }) };
  const { app, findings } = hostOf(files);
  expect(app.creation?.path).toBe('src/app.js');
  expect(findings).toMatchObject([{ kind: 'step', code: 'many-sources' }]);
  const sources = openHostFiles(root).sources();
  expect(sources).toEqual(expect.arrayContaining(['main.js', 'server/index.js', 'src/app.js']));
});
