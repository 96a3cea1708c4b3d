import { join } from 'node:path';
import { outputFileSync } from 'fs-extra/esm';
import { expect, test } from 'vitest';
import { run, sandbox } from './support/program.ts';
import { Project } from './support/project.ts';

const LINE = "import { requireAuth } from './secure-auth/index.js';\n";

async function addAndImport(): Promise<Project> {
  const root = sandbox();
  const files = {
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'app.js':
      "import express from 'express';\nconst app = express();\napp.get('/', home);\napp.listen(1);\n",
  };
  for (const [path, text] of Object.entries(files)) outputFileSync(join(root, path), text);
  expect((await run(root, ['add', '--yes', '--no-install'])).exitCode).toBe(0);
  outputFileSync(join(root, 'items.js'), `\n${LINE}`);
  const project = new Project(root);
  project.edit('app.js', (text) => text.replace('const app', `${LINE}const app`));
  return project;
}

test('what still imports the folder is a conflict, to people and to programs', async () => {
  const project = await addAndImport();
  const before = project.state();
  const { exitCode, stderr } = await run(project.root, ['remove', '--no-install']);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /^✖ app.js:3 still imports .\/secure-auth\/index.js\n {2}items.js:2 still imports .\/secure-auth\/index.js\n.*nothing was written\.\n {2}Take those lines out, and run it again; or remove all the same:\n .* remove --no-install --on-conflict theirs$/,
  );
  const tried = await run(project.root, ['remove', '--dry-run', '--json']);
  expect(tried.exitCode).toBe(3);
  expect(JSON.parse(tried.stdout).error).toMatchObject({
    code: 'still-imported',
    where: 'app.js:3 items.js:2',
    exitCode: 3,
  });
  expect(project.state()).toEqual(before);
});

test('where it goes all the same, what still imports it is a step that is left', async () => {
  const project = await addAndImport();
  const args = ['remove', '--no-install', '--on-conflict', 'theirs'];
  const places = ['app.js:2', 'items.js:2'];
  const tried = JSON.parse((await run(project.root, [...args, '--dry-run', '--json'])).stdout);
  expect(tried.stillImported.map(({ where }: { where: string }) => where)).toEqual(places);
  const { exitCode, stdout } = await run(project.root, args);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^! items.js:2 still imports .\/secure-auth\/index.js$/m);
  expect(stdout).toContain(
    `Removed auth\n! One step is left to you: take out what still imports it, in\n  ${places.join('\n  ')}\n`,
  );
});
