import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { add } from '../../../src/commands/add.ts';
import type { Interview } from '../../../src/commands/create.ts';
import { regenerate, undoLast } from '../../../src/commands/regenerate.ts';
import { addTo, filesOf, QUIET_RUNNER, REQUEST, removeFrom } from '../../host/lab/in-host.ts';

const APP =
  "const express = require('express');\nconst app = express();\napp.get('/', home);\napp.listen(1);\n";

const PACKAGE = '{ "dependencies": { "express": "^5.1.0" } }\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'host-'));
  mkdirSync(join(root, '.git'));
  writeFileSync(join(root, 'app.js'), APP);
  writeFileSync(join(root, 'package.json'), PACKAGE);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const modulesNow = () => JSON.parse(read('.secure-express/manifest.json')).host.modules;

/** Adds as at a terminal, with something that happens while the questions are open. */
function addMeanwhile(happens: () => unknown) {
  const interview: Interview = async ({ given }) => {
    await happens();
    return { directory: '.', given };
  };
  return add(
    { ...REQUEST, cwd: root, given: new Map(), yes: false },
    { ...QUIET_RUNNER, interview },
  );
}

describe('while a person is asked', () => {
  test('what somebody writes into the app stays, and ours is mounted in it', async () => {
    await addMeanwhile(() => writeFileSync(join(root, 'app.js'), `${APP}// mine\n`));
    expect(read('app.js')).toContain('app.use(secureAuth());');
    expect(read('app.js')).toContain('// mine');
  });

  test('a run that adds something else stops this one', async () => {
    let between: unknown;
    const added = addMeanwhile(async () => {
      await addTo(root, {}, { modules: ['helmet'] });
      between = await filesOf(root);
    });
    await expect(added).rejects.toMatchObject({ code: 'target-changed', exitCode: 3 });
    expect(await filesOf(root)).toEqual(between);
  });
});

test('what somebody writes into the app once it was read is not overwritten', async () => {
  const mine = `${APP}// mine\n`;
  const found = () => writeFileSync(join(root, 'app.js'), mine);
  const request = { ...REQUEST, cwd: root, given: new Map(), yes: true };
  await expect(add(request, { ...QUIET_RUNNER, found })).rejects.toMatchObject({ exitCode: 3 });
  expect(await filesOf(root)).toEqual({ 'app.js': mine, 'package.json': PACKAGE });
});

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

function runProgram(...args: readonly string[]): void {
  const all = ['--import', 'tsx', MAIN, ...args, '--no-install', '--yes'];
  execFileSync(process.execPath, all, { stdio: 'ignore' });
}

/**
 * Runs the program to its end, while a command of this process has read what is recorded and goes on only after that.
 *
 * @returns the error of the command, if it has one, and the files as the program left them
 */
async function meanwhile(begun: Promise<unknown>, ...args: readonly string[]) {
  const ended = begun.then(
    () => undefined,
    (error: unknown) => error,
  );
  runProgram(...args, '--cwd', root);
  return { left: await filesOf(root), error: await ended };
}

function renew(answers: Readonly<Record<string, unknown>>) {
  const given = Object.entries(answers).map(
    ([name, value]) => [name as 'hash', { value, where: name }] as const,
  );
  return regenerate({ ...REQUEST, cwd: root, given: new Map(given) }, QUIET_RUNNER);
}

describe('another run that is done between reading and planning', () => {
  beforeEach(async () => {
    await addTo(root, { hash: 'bcrypt' }, { modules: ['auth', 'helmet', 'password'] });
  });

  test.each([
    ['a removal of something else', () => removeFrom(root, { modules: ['password'] })],
    ['the same removal', () => removeFrom(root, { modules: ['helmet'] })],
    ['a regeneration', () => renew({ hash: 'scrypt' })],
  ])('is not overwritten by %s', async (_, begin) => {
    const { left, error } = await meanwhile(begin(), 'remove', 'helmet');
    expect(error).toMatchObject({ code: 'target-changed', exitCode: 3 });
    expect(await filesOf(root)).toEqual(left);
    expect(modulesNow()).toEqual(['password', 'auth']);

    // It has its way back still.
    await undoLast({ cwd: root, onConflict: 'fail', dryRun: false, install: false }, QUIET_RUNNER);
    expect(read('app.js')).toContain('secureHeaders()');
  });
});

test('of two regenerations of a project, the slower one does not forget what the other recorded', async () => {
  runProgram('api', '--cwd', root, '--no-git');
  root = join(root, 'api');
  const { left, error } = await meanwhile(renew({ hash: 'scrypt' }), 'regenerate', '--auth', 'jwt');
  expect(error).toMatchObject({ code: 'target-changed', exitCode: 3 });
  expect(await filesOf(root)).toEqual(left);
});
