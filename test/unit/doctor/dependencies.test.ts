import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ADVISORIES } from '../../../src/doctor/advisories.ts';
import { examineDependencies } from '../../../src/doctor/dependencies.ts';
import { VERSIONS } from '../../../src/features/versions.ts';
import { answersOf } from '../../matrix/variants.ts';

/** A project's folder with these files. */
function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cse-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  }
  return folder;
}

const ASKED = {
  dependencies: {
    cookie: '^1.1.1',
    express: '^5.3.0',
    helmet: '^8.3.0',
    jsonwebtoken: '^9.0.3',
    pino: '^10.4.0',
    zod: '^4.6.7',
  },
};

function examine(files: Readonly<Record<string, unknown>>, at = '.') {
  return examineDependencies(join(folderWith({ 'package.json': ASKED, ...files }), at), {
    version: '0.1.0',
    answers: answersOf({}),
    hashes: new Map(),
    base: new Map([['package.json', JSON.stringify(ASKED)]]),
  });
}

describe('the table of advisories', () => {
  test.each(ADVISORIES)('$package $range ($id)', ({ range, id, mend }) => {
    expect(validRange(range)).not.toBeNull();
    expect(id).toMatch(/^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/);
    expect(mend).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('has nothing against what projects ask for', () => {
    const files = { 'package.json': { dependencies: VERSIONS } };
    expect(examine(files)).toMatchObject({ findings: [], notes: [] });
    for (const range of Object.values(VERSIONS)) expect(minVersion(range)).not.toBeNull();
  });
});

describe('an old version is found', () => {
  test.each([
    [
      'node_modules',
      {
        'node_modules/jsonwebtoken/package.json': { name: 'jsonwebtoken', version: '8.5.1' },
      },
    ],
    [
      'node_modules',
      {
        'node_modules/express/package.json': { name: 'express', version: '5.3.0' },
        'node_modules/.pnpm/jsonwebtoken@8.5.1/node_modules/jsonwebtoken/package.json': {
          name: 'jsonwebtoken',
          version: '8.5.1',
        },
      },
    ],
    [
      'package-lock.json',
      { 'package-lock.json': { packages: { 'node_modules/jsonwebtoken': { version: '8.5.1' } } } },
    ],
    ['pnpm-lock.yaml', { 'pnpm-lock.yaml': 'packages:\n\n  jsonwebtoken@8.5.1:\n    a: b\n' }],
    [
      'yarn.lock',
      { 'yarn.lock': '"jsonwebtoken@npm:^9.0.3":\n  version: 8.5.1\n  resolution: "x"\n' },
    ],
    ['yarn.lock', { 'yarn.lock': 'jsonwebtoken@^9.0.3:\n  version "8.5.1"\n' }],
    [
      'bun.lock',
      { 'bun.lock': '{\n  "packages": {\n    "jsonwebtoken": ["jsonwebtoken@8.5.1", ""],\n' },
    ],
    ['package.json', { 'package.json': { dependencies: { jsonwebtoken: '^8.5.1' } } }],
  ])('in %s', (where, files) => {
    const { findings } = examine(files);
    expect(findings).toContainEqual(
      expect.objectContaining({
        where: `jsonwebtoken 8.5.1 (${where})`,
        requirement: expect.stringContaining('CVE-2022-23540'),
        mend: expect.stringContaining('9.0.3'),
      }),
    );
  });

  test('below another package too', () => {
    const { findings } = examine({
      'node_modules/express/package.json': { name: 'express', version: '5.3.0' },
      'node_modules/express/node_modules/qs/package.json': { name: 'qs', version: '6.14.2' },
    });
    expect(findings.map(({ where }) => where)).toContain('qs 6.14.2 (node_modules)');
  });

  const OLDER = { name: 'cookie', version: '0.7.2' };
  const NEWER = { name: 'cookie', version: '1.1.1' };

  test.each([
    [
      'node_modules',
      {
        'node_modules/cookie/package.json': NEWER,
        'node_modules/express/node_modules/cookie/package.json': OLDER,
      },
    ],
    [
      'package-lock.json',
      {
        'package-lock.json': {
          packages: {
            'node_modules/express/node_modules/cookie': { version: OLDER.version },
            'node_modules/cookie': { version: NEWER.version },
          },
        },
      },
    ],
  ])('only where the project itself gets it, by %s', (_, files) => {
    expect(examine(files)).toMatchObject({ findings: [], notes: [] });
    const own = { 'node_modules/cookie/package.json': OLDER };
    expect(examine({ ...files, ...own }).findings.map(({ where }) => where)).toEqual([
      'cookie 0.7.2',
    ]);
  });

  test('below another package is for that one to update', () => {
    const { findings } = examine({
      'node_modules/cookie/package.json': NEWER,
      'node_modules/express/node_modules/cookie/package.json': { name: 'cookie', version: '0.6.0' },
    });
    expect(findings.map(({ mend }) => mend)).toEqual([
      expect.stringMatching(/, by updating what depends on it\.$/),
    ]);
  });

  test('as out of date where nothing is known against it', () => {
    const { findings, notes } = examine({
      'package.json': { dependencies: { helmet: '^7.2.0', pino: '10.0.0' } },
    });
    expect(findings.map(({ where }) => where)).toEqual(['helmet 7.2.0']);
    expect(notes.map(({ where }) => where)).toEqual(['pino 10.0.0']);
  });
});

test.each(['*', 'latest', 'github:someone/express', '>=5', 'file:../express'])(
  'a range of “%s” is a finding',
  (range) => {
    const { findings } = examine({ 'package.json': { dependencies: { express: range } } });
    expect(findings.map(({ where }) => where)).toContain('express (package.json)');
  },
);

test('a package.json with a byte order mark is read', () => {
  const text = `\uFEFF${JSON.stringify({ dependencies: { express: '*' } })}`;
  expect(examine({ 'package.json': text }).findings.map(({ where }) => where)).toContain(
    'express (package.json)',
  );
});

describe('in a package of a workspace', () => {
  const at = 'packages/api';
  const own = { dependencies: { jsonwebtoken: '^9.0.0', express: '^5.0.0' } };
  const workspace = {
    '.git/HEAD': '',
    'package.json': {},
    [`${at}/package.json`]: own,
    'node_modules/jsonwebtoken/package.json': { name: 'jsonwebtoken', version: '9.0.3' },
    'node_modules/express/package.json': {
      name: 'express',
      version: '5.3.0',
      dependencies: { qs: '^6.14.0' },
    },
  };
  const qs = (version: string) => ({ name: 'qs', version });

  test('what the root has counts, with what that needs', () => {
    expect(
      examine({ ...workspace, 'node_modules/qs/package.json': qs('6.16.0') }, at),
    ).toMatchObject({ looked: 'versions of packages: 3', findings: [] });
    const { findings } = examine(
      { ...workspace, 'node_modules/qs/package.json': qs('6.14.0') },
      at,
    );
    expect(findings.map(({ where }) => where)).toContain('qs 6.14.0 (node_modules)');
  });

  test('what is there for other packages does not', () => {
    const files = {
      ...workspace,
      'node_modules/express/node_modules/qs/package.json': qs('6.16.0'),
      'node_modules/qs/package.json': qs('6.14.0'),
      'package-lock.json': {
        packages: {
          'node_modules/jsonwebtoken': { version: '9.0.3' },
          'packages/old/node_modules/jsonwebtoken': { version: '8.5.1' },
        },
      },
    };
    expect(examine(files, at)).toMatchObject({ findings: [] });
  });

  test('and without anything installed, what its lock file says', () => {
    const files = {
      '.git/HEAD': '',
      'package.json': {},
      [`${at}/package.json`]: { dependencies: { jsonwebtoken: '^8.0.0 || ^9.0.0' } },
      'package-lock.json': { packages: { 'node_modules/jsonwebtoken': { version: '9.0.3' } } },
    };
    expect(examine(files, at)).toMatchObject({ looked: 'versions of packages: 1' });
  });
});
