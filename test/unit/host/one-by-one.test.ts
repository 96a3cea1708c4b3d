import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addTo, filesOf, removeFrom } from '../../host/lab/in-host.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'one-by-one-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), '{ "dependencies": { "express": "^5.0.0" } }\n');
  await writeFile(join(folder, 'src/app.js'), APP);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const APP = `const express = require('express')

const app = express()
app.get('/', (req, res) => res.send('hi'))
`;

const app = (): Promise<string> => readFile(join(folder, 'src/app.js'), 'utf8');
const corsOrigins = ['https://app.example.com'];

test('modules that come one by one stand side by side, and go together', async () => {
  const before = await filesOf(folder);

  await addTo(folder, {}, { modules: ['helmet'] });
  expect(await app()).toContain('app.use(secureHeaders())\napp.get(');
  expect(Object.keys(await filesOf(folder))).not.toContain('.env');

  await addTo(folder, { corsOrigins }, { modules: ['cors'] });
  await addTo(folder, {}, { modules: ['password'] });
  expect(await app()).toContain('app.use(secureHeaders())\napp.use(secureCors())\napp.get(');

  await addTo(folder, {}, { modules: ['session'] });
  expect(await app()).toContain('app.use(secureCors())\napp.use(secureAuth())\napp.get(');
  const files = await filesOf(folder);
  expect(files['.env']).toMatch(/^SESSION_SECRETS=.{43}$/m);
  expect(files['src/secure-auth/index.js']).toMatch(
    /createSecurePasswords,?[\s\S]*secureCors,?[\s\S]*secureHeaders/,
  );

  await removeFrom(folder);
  expect(await filesOf(folder)).toEqual(before);
});

test('cors without an origin is refused, and nothing is written', async () => {
  const before = await filesOf(folder);
  await expect(addTo(folder, { corsOrigins: [] }, { modules: ['cors'] })).rejects.toMatchObject({
    code: 'no-origins',
  });
  expect(await filesOf(folder)).toEqual(before);
});
