import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addTo, filesOf, removeFrom } from '../../host/lab/in-host.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'still-imported-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const APP =
  "import express from 'express';\n\nconst app = express();\napp.get('/', home);\napp.listen(1);\n";

async function addToTypeScript(...modules: readonly ('auth' | 'helmet')[]): Promise<void> {
  const devDependencies = { typescript: '^5.4.0' };
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: { express: '^5.1.0' }, devDependencies }),
  );
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }\n');
  write('src/index.ts', APP);
  await addTo(root, {}, { modules });
}

/** What a removal is refused for, line by line; nothing is written then. */
async function refusalOf(request?: Parameters<typeof removeFrom>[1]): Promise<readonly string[]> {
  const before = await filesOf(root);
  const error = await removeFrom(root, request).then(
    () => expect.fail('it was removed'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ exitCode: 3 });
  expect(await filesOf(root)).toEqual(before);
  return (error as Error).message.split('\n  ');
}

const LAST = 'Your code would not run without it; nothing was written';

describe('what still imports the folder', () => {
  test('stops a removal: each line of it is told, and not the line that goes', async () => {
    await addToTypeScript();
    write(
      'src/index.ts',
      read('src/index.ts').replace(
        'const app',
        "import { requireAuth } from './secure-auth/index.js';\nconst app",
      ),
    );
    write('src/items.ts', "\nimport { requireAuth } from './secure-auth/index.js';\n");
    write('src/other.ts', "import { secure } from './secure-auth-of-others.js';\n");
    write('src/secure-auth-of-others.ts', "export const secure = './secure-auth/index.js';\n");
    const told = [
      'src/index.ts:4 still imports ./secure-auth/index.js',
      'src/items.ts:2 still imports ./secure-auth/index.js',
      LAST,
    ];
    expect(await refusalOf()).toEqual(told);
    expect(await refusalOf({ dryRun: true })).toEqual(told);

    const { stillImported } = await removeFrom(root, { onConflict: 'theirs' });
    expect(read('src/index.ts').split('\n')[2]).toContain('requireAuth');
    expect(stillImported).toEqual([
      { where: 'src/index.ts:3', module: './secure-auth/index.js' },
      { where: 'src/items.ts:2', module: './secure-auth/index.js' },
    ]);
    expect(Object.keys(await filesOf(root)).join()).not.toContain('secure-auth/');
  });

  test.each([
    ["export { requireAuth } from './secure-auth/index.js';", './secure-auth/index.js'],
    ["export * from './secure-auth/index.ts';", './secure-auth/index.ts'],
    ["const auth = await import('./secure-auth');", './secure-auth'],
    ["import auth = require('./secure-auth/index');", './secure-auth/index'],
    ["import type { Auth } from '@/secure-auth/index.js';", '@/secure-auth/index.js'],
    ["let auth: typeof import('./secure-auth/config.js');", './secure-auth/config.js'],
    ["const { requireAuth } = require('./secure-auth');", './secure-auth'],
  ])('however it does: %s', async (line, module) => {
    await addToTypeScript();
    write('src/items.ts', `${line}\n`);
    expect(await refusalOf()).toEqual([`src/items.ts:1 still imports ${module}`, LAST]);
  });

  test('is told up to five lines, and then in number', async () => {
    await addToTypeScript();
    write('src/items.ts', "import './secure-auth/index.js';\n".repeat(7));
    const told = await refusalOf();
    expect(told).toHaveLength(7);
    expect(told.slice(-2)).toEqual(['and 2 more', LAST]);
  });

  test('is told beside what somebody edited, and left where that is decided', async () => {
    await addToTypeScript();
    write('src/secure-auth/config.ts', `${read('src/secure-auth/config.ts')}// mine\n`);
    write('src/secure-auth/mine.ts', "import './config.js';\n");
    expect(await refusalOf()).toEqual([
      'src/secure-auth/mine.ts:1 still imports ./config.js',
      'What you changed in "src/secure-auth/config.ts" and what is to change there cannot be brought together; nothing was written',
    ]);
    const { stillImported } = await removeFrom(root, { onConflict: 'keep' });
    expect(stillImported).toMatchObject([{ where: 'src/secure-auth/mine.ts:1' }]);
  });

  test('in CommonJS, the lines that a person put in by hand are such', async () => {
    write('package.json', JSON.stringify({ dependencies: { express: '^5.1.0' } }));
    write('app.js', "const express = require('express');\nmodule.exports = wrap(express());\n");
    const { handOver } = await addTo(root);
    write('app.js', `${handOver?.lines.imports}\n${handOver?.lines.mounts.join('\n')}\n`);
    expect(await refusalOf()).toEqual(['app.js:1 still imports ./secure-auth', LAST]);
  });
});

describe('where some modules stay', () => {
  test('only what goes counts: names that are exported no more, and files that are gone', async () => {
    await addToTypeScript('auth', 'helmet');
    write(
      'src/items.ts',
      [
        "import { secureHeaders } from './secure-auth/index.js';",
        "import { getAuth, secureHeaders as two } from './secure-auth/index.js';",
        "import * as all from './secure-auth/index.js';",
        "const { requireAuth } = await import('./secure-auth/index.js');",
        "export * from './secure-auth/security/headers.js';",
        "export * from './secure-auth/auth/users.js';",
      ].join('\n'),
    );
    expect(await refusalOf({ modules: ['auth'] })).toEqual([
      'src/items.ts:2 still imports ./secure-auth/index.js',
      'src/items.ts:4 still imports ./secure-auth/index.js',
      'src/items.ts:6 still imports ./secure-auth/auth/users.js',
      LAST,
    ]);
    expect(await refusalOf({ modules: ['helmet'] })).toEqual([
      'src/items.ts:1 still imports ./secure-auth/index.js',
      'src/items.ts:2 still imports ./secure-auth/index.js',
      LAST,
    ]);
  });

  test('in CommonJS, too', async () => {
    write('package.json', JSON.stringify({ dependencies: { express: '^5.1.0' } }));
    write(
      'app.js',
      "const express = require('express');\nconst app = express();\napp.get('/', home);\n",
    );
    await addTo(root, {}, { modules: ['auth', 'helmet'] });
    write(
      'items.js',
      [
        "const { secureHeaders } = require('./secure-auth');",
        "const protect = require('./secure-auth').requireAuth;",
        "const { getAuth: who } = require('./secure-auth/index.js');",
      ].join('\n'),
    );
    const line = "const { requireAuth } = require('./secure-auth');";
    write('app.js', read('app.js').replace('const { secure', `${line}\nconst { secure`));
    expect(await refusalOf({ modules: ['auth'] })).toEqual([
      'app.js:2 still imports ./secure-auth',
      'items.js:2 still imports ./secure-auth',
      'items.js:3 still imports ./secure-auth/index.js',
      'What you changed in "app.js" and what is to change there cannot be brought together; nothing was written',
    ]);
    // All of it goes by its lines, where some of it goes by a merge.
    expect((await refusalOf()).slice(-2)).toEqual([
      'items.js:3 still imports ./secure-auth/index.js',
      LAST,
    ]);
  });
});

test('it is found in however many files', async () => {
  await addToTypeScript();
  for (let index = 0; index < 5001; index++) write(`old/${index}.js`, '');
  write('older/last.js', "import '../src/secure-auth/index.js';\n");
  expect(await refusalOf()).toEqual([
    'older/last.js:1 still imports ../src/secure-auth/index.js',
    LAST,
  ]);
});
