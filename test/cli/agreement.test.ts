import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { listing, run, sandbox } from './support/program.ts';
import { makeProject, Project } from './support/project.ts';
import { noTerminal, openTerminal } from './support/terminal.ts';

const ASKED = 'Shall this be done?';

/** An app without semicolons, which lets every origin in. */
function makeShop(): Project {
  const root = sandbox();
  const files = {
    'package.json': JSON.stringify({
      name: 'my-shop',
      type: 'module',
      scripts: { dev: 'node app.js' },
      dependencies: { cors: '^2.8.5', express: '^5.1.0' },
    }),
    'app.js':
      "import express from 'express'\nimport cors from 'cors'\n\nconst app = express()\napp.use(cors())\n\napp.get('/', home)\napp.listen(4000)\n",
  };
  for (const [path, text] of Object.entries(files)) outputFileSync(join(root, path), text);
  return new Project(root);
}

describe.skipIf(noTerminal !== undefined)('in a terminal, a person agrees first', () => {
  test('to regenerate: the diff, no, and yes', async () => {
    const project = await makeProject();
    const before = project.state();
    const args = ['regenerate', '--cors', 'https://a.example', '--no-install'];
    const terminal = await openTerminal(project.root, args);
    await terminal.see(/\d+ new, \d+ changed[\s\S]*Shall this be done\?/);
    expect(project.state()).toEqual(before);
    await terminal.press('Down', 'Enter');
    await terminal.see(/^\+[\s\S]*Shall this be done\?[^\n]*\n❯ +Do it/m);
    await terminal.press('Up', 'Enter');
    expect(await terminal.exitCode()).toBe(130);
    expect(project.state()).toEqual(before);
    const agreed = await openTerminal(project.root, args);
    await agreed.see(ASKED);
    await agreed.press('Enter');
    expect(await agreed.exitCode()).toBe(0);
    expect(project.state()).not.toEqual(before);
    const undone = await openTerminal(project.root, ['regenerate', '--undo', '--no-install']);
    await undone.see(ASKED);
    await undone.press('Enter');
    expect(await undone.exitCode()).toBe(0);
    expect({ ...project.state(), '.env': '' }).toEqual({ ...before, '.env': '' });
    const quiet = await openTerminal(project.root, [...args, '--yes']);
    expect(await quiet.exitCode()).toBe(0);
  });

  test('to add, with what was read first, and the answers again; and to remove', async () => {
    const shop = makeShop();
    const before = shop.state();
    const given = ['--auth', 'session', '--hash', 'scrypt', '--database', 'sqlite'];
    const terminal = await openTerminal(shop.root, ['add', '--no-install', ...given]);
    await terminal.see(/my-shop: JavaScript, ES modules, Express 5, npm; app in app.js:4/);
    await terminal.see(/Ctrl-C leaves\. Nothing is written[\s\S]*Where are sessions kept\?/);
    await terminal.press('Enter');
    await terminal.see('Which other origins');
    await terminal.press('Enter');
    const summary = await terminal.see(ASKED);
    expect(summary).toMatch(/Session store +In the database[\s\S]*Mounted in +app.js:3, app.js:8/);
    expect(summary).not.toContain('stays blank');
    expect(shop.state()).toEqual(before);
    await terminal.press('Down', 'Down', 'Enter');
    await terminal.see(/update +package.json[\s\S]*Where are sessions kept\?/);
    await terminal.press('Down', 'Down', 'Enter');
    await terminal.see(/Which other origins[\s\S]*Which other origins/);
    await terminal.press('Enter');
    await terminal.see(/Session store +In memory[\s\S]*Shall this be done\?/);
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    const removal = await openTerminal(shop.root, ['remove', '--no-install']);
    await removal.see(ASKED);
    await removal.press('C-c');
    expect(await removal.exitCode()).toBe(130);
    expect(listing(shop.root)).toContain('secure-auth');
    const agreed = await openTerminal(shop.root, ['remove', '--no-install']);
    await agreed.see(ASKED);
    await agreed.press('Enter');
    expect(await agreed.exitCode()).toBe(0);
    expect(shop.state()).toEqual(before);
  });
});

test('what add is about to do is what it does: all its files, and packages that are new or raised', async () => {
  const shop = makeShop();
  const own = { dependencies: { express: '^5.1.0' }, devDependencies: OLD_TYPES };
  shop.edit('package.json', () => JSON.stringify({ type: 'module', ...own }));
  outputFileSync(join(shop.root, 'tsconfig.json'), '{}');
  outputFileSync(
    join(shop.root, 'app.ts'),
    "import e from 'express';\nconst app = e();\napp.get('/', f);\n",
  );
  outputFileSync(join(shop.root, 'app.js'), '');
  const { stdout } = await run(shop.root, ['add', '--yes', '--no-install']);
  const [, created, updated, changed] =
    /^(\d+) new, (\d+) changed$[\s\S]*^✔ Changed (\d+) files/m.exec(stdout) ?? [];
  expect(Number(created) + Number(updated)).toBe(Number(changed));
  expect(stdout).toMatch(/^ {2}create +\.secure-express\/ +3 files$/m);
  expect(stdout).toMatch(/^ {2}Raised +@types\/node from \^18\.0\.0 to \S+$/m);
  expect(/New packages([\s\S]*)Raised/.exec(stdout)?.[1]).toMatch(/zod/);
  expect(/New packages([\s\S]*)Raised/.exec(stdout)?.[1]).not.toContain('@types/node');
});

const OLD_TYPES = { typescript: '^5.4.0', '@types/node': '^18.0.0' };

describe('after add', () => {
  test('a person knows what is there, and what to type', async () => {
    const shop = makeShop();
    const args = ['add', 'auth', 'cors', '--yes', '--no-install'];
    const { exitCode, stdout } = await run(shop.root, args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /Mounted\n {2}app.js:3 .*import.*\n {2}app.js:8 +app.use\(secureAuth\(\)\)\n/,
    );
    expect(stdout).toMatch(/Routes\n {2}POST \/auth\/register\n/);
    expect(stdout).toContain('SESSION_SECRETS in .env, drawn anew');
    expect(stdout).toContain("import { requireAuth, getAuth } from './secure-auth/index.js'\n");
    expect(stdout).toMatch(/Next\n {2}npm install\n {2}NODE_ENV=development npm run dev\n/);
    expect(stdout).toContain('curl -i http://localhost:4000/auth/me');
    expect(stdout).toContain('Not added, because you have your own: cors');
    expect(stdout).toMatch(/app.js:5: CORS answers every origin/);
  });

  test('that could not mount it, the lines and their place are the last that is said', async () => {
    const shop = makeShop();
    const text = "var express = require('express')\nmodule.exports = wrap(express())\n";
    outputFileSync(join(shop.root, 'app.cjs'), text);
    shop.edit('app.js', () => 'export {}\n');
    const { exitCode, stdout } = await run(shop.root, ['add', '--yes', '--no-install']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Which variable is your app in app.cjs could not be told.*line 2/);
    expect(stdout).toMatch(
      /Put these lines in app.cjs:2, after[^\n]*\n\n {2}var \{ secureAuth \} = require/,
    );
    expect(stdout).toMatch(/\nNot mounted yet: [^\n]*$/);
    expect(stdout).not.toContain('All done');
    const again = await run(shop.root, ['add', '--yes', '--no-install']);
    expect(again.stdout).toMatch(/Nothing to change[\s\S]*\nNot mounted yet: [^\n]*$/);
  });

  test('that was only tried, nothing is said to be so', async () => {
    const shop = makeShop();
    shop.edit('app.js', () => "import express from 'express'\nexport default wrap(express())\n");
    const { stdout } = await run(shop.root, ['add', '--yes', '--dry-run']);
    expect(stdout).toContain('\nNothing was written.\n');
    expect(stdout).toMatch(/\n {2}It would be left to you to put these lines in app.js:2, after/);
    expect(stdout).not.toContain('Not mounted yet');
  });

  test.each([
    ['add', 'npm install', 'exit 7', false],
    ['add', 'npm install', 'exit 0', true],
    ['add', 'nothing', '--no-install', false],
    ['add', 'nothing', '--dry-run', false],
    ['remove', 'npm install', 'exit 7', false],
    ['remove', 'nothing', '--dry-run', false],
    ['remove', 'npm install', 'exit 0', true],
  ])('%s with %s is only all done where it is: %s', async (command, runs, how, isDone) => {
    const shop = makeShop();
    const npm = join(sandbox(), 'npm');
    outputFileSync(npm, `#!/bin/sh\n${how}\n`);
    chmodSync(npm, 0o755);
    const env = { PATH: `${dirname(npm)}:${process.env.PATH}` };
    if (command === 'remove') await run(shop.root, ['add', '--yes', '--no-install']);
    const flags = runs === 'nothing' ? [how] : [];
    const { exitCode, stdout } = await run(shop.root, [command, '--yes', ...flags], { env });
    expect({ exitCode, isDone: /^All done in/m.test(stdout) }).toEqual({ exitCode: 0, isDone });
    if (command === 'add' && isDone) {
      const again = await run(shop.root, ['add', '--yes'], { env });
      expect(again.stdout).toMatch(/Nothing to change$/);
    }
  });
});
