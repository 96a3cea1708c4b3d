import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import type { ChangelogEntry } from '../../src/merge/reasons.ts';
import { run, sandbox } from './support/program.ts';
import { makeProject, Project } from './support/project.ts';

const ENTRIES: readonly ChangelogEntry[] = [
  {
    since: '0.1.0',
    kind: 'security',
    paths: ['src/auth/passwords.ts'],
    why: 'Passwords were compared by how they begin.',
  },
  {
    since: '0.0.9',
    kind: 'maintenance',
    paths: ['src/http/', 'package.json'],
    why: 'Problems are told in fewer words.',
  },
  {
    since: '0.0.1',
    kind: 'security',
    paths: ['src/config.ts'],
    why: 'What a project of 0.0.1 has already.',
  },
];

/** The program, with a changelog. */
function laterProgram(): string {
  const folder = join(sandbox(), 'package');
  cpSync(inject('packageFolder'), folder, { recursive: true });
  const changelog = join(folder, 'templates', 'changelog.json');
  const document = JSON.parse(readFileSync(changelog, 'utf8'));
  writeFileSync(changelog, JSON.stringify({ ...document, entries: ENTRIES }));
  return join(folder, 'bin', 'create-secure-express.js');
}

/** Makes a project one of 0.0.1, whose templates of these files were others. */
function age(project: Project, ...paths: readonly string[]): void {
  const recorded = join(project.root, '.secure-express', 'base.gz');
  const base = JSON.parse(String(gunzipSync(readFileSync(recorded))));
  for (const path of paths) {
    project.edit(path, (text) => `${text}// of 0.0.1\n`);
    base[path] = project.read(path);
  }
  writeFileSync(recorded, gzipSync(JSON.stringify(base)));
  project.edit('.secure-express/manifest.json', (text) =>
    JSON.stringify({ ...JSON.parse(text), version: '0.0.1', build: 'of 0.0.1' }),
  );
}

/** What is told of the files; the record changes with any of them. */
const rows = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => /^ {2}(update|merge|conflict) (?! *\.secure-express\/)/.test(line))
    .map((line) => line.trim().replace(/ +/g, ' '));

test('whose project changes reads why: since which version, what for, and nothing that it has already', async () => {
  const program = laterProgram();
  const project = await makeProject();
  age(project, 'src/auth/passwords.ts', 'src/http/problem.ts', 'src/config.ts');
  project.edit('src/http/problem.ts', (text) => `export const mine = 1;\n${text}`);
  const regenerate = (...flags: readonly string[]) =>
    run(project.root, ['regenerate', '--no-install', ...flags], { program });

  const told = [
    'update src/auth/passwords.ts security: Passwords were compared by how they begin.',
    'update src/config.ts maintenance',
    'merge src/http/problem.ts maintenance: Problems are told in fewer words.',
  ];
  expect(rows((await regenerate('--dry-run')).stdout)).toEqual(told);
  const { stdout } = await regenerate('--dry-run', '--json');
  const { changes } = JSON.parse(stdout);
  expect(changes).toContainEqual(
    expect.objectContaining({
      path: 'src/auth/passwords.ts',
      reasons: [{ kind: 'security', why: 'Passwords were compared by how they begin.' }],
    }),
  );

  // Beside other answers, both are said.
  const both = rows((await regenerate('--dry-run', '--auth', 'both')).stdout);
  expect(both).toContain('update src/config.ts other answers; maintenance');
  expect(both).toContain(told[0]);

  expect(rows((await regenerate()).stdout)).toEqual(told);
  expect((await regenerate()).stdout).toContain('Nothing to change');
});

test('so it does in a repo that was there before, whatever folder and language ours has there', async () => {
  const program = laterProgram();
  const project = new Project(sandbox());
  const app = "import express from 'express';\n\nconst app = express();\napp.listen(3000);\n";
  writeFileSync(join(project.root, 'app.js'), app);
  const json = { name: 'shop', type: 'module', dependencies: { express: '^5.1.0' } };
  writeFileSync(join(project.root, 'package.json'), JSON.stringify(json));
  const added = await run(project.root, ['add', '--yes', '--no-install'], { program });
  expect(added).toMatchObject({ exitCode: 0 });
  age(project, 'secure-auth/auth/passwords.js', 'secure-auth/http/problem.js');
  const regenerate = (...flags: readonly string[]) =>
    run(project.root, ['regenerate', '--no-install', ...flags], { program });

  const told = [
    'update secure-auth/auth/passwords.js security: Passwords were compared by how they begin.',
    'update secure-auth/http/problem.js maintenance: Problems are told in fewer words.',
  ];
  expect(rows((await regenerate('--dry-run')).stdout)).toEqual(told);

  const both = rows((await regenerate('--dry-run', '--auth', 'both')).stdout);
  expect(both).toEqual(expect.arrayContaining(told));
  expect(both).toContain('update package.json other answers');
  expect(both).toContain('update secure-auth/http/error-handler.js other answers');

  expect(rows((await regenerate()).stdout)).toEqual(told);
  expect((await regenerate()).stdout).toContain('Nothing to change');
});
