import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planRegeneration } from '../../../src/commands/regeneration.ts';
import type { GivenAnswers } from '../../../src/options/resolve.ts';
import { renderProject } from '../../../src/render/project.ts';
import { answersOf } from '../../matrix/variants.ts';

let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'other-database-'));
  for (const [path, { content }] of await renderProject(answersOf({}))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const given: GivenAnswers = new Map([
  ['database', { value: 'postgres', where: '--database' }] as const,
]);
const plan = () => planRegeneration({ root, given, modules: [], onConflict: 'fail' });

test('a project goes from SQLite to PostgreSQL: its code, its migrations, and a script that copies the accounts', async () => {
  const { answers, changes, byHand } = await plan();
  expect(answers).toMatchObject({ database: 'postgres', formerDatabase: 'sqlite' });
  const kinds = new Map(changes.map(({ path, kind }) => [path, kind]));
  expect(kinds.get('src/database/client.ts')).toBe('update');
  expect(kinds.get('src/database/statements.ts')).toBe('delete');
  expect(kinds.get('migrations/0000_init.sql')).toBe('update');
  expect(kinds.get('migrations/meta/_journal.json')).toBe('update');
  expect(kinds.get('scripts/copy-from-sqlite.ts')).toBe('create');
  expect(kinds.get('compose.yaml')).toBe('create');
  expect([...kinds.values()]).not.toContain('conflict');
  expect(byHand.join()).toContain('npm run db:copy');
});

test('line ends of a checkout are no migrations that were added', async () => {
  const path = join(root, 'migrations/meta/_journal.json');
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
  expect((await plan()).answers.database).toBe('postgres');
});

test('migrations that were added are not dropped for it', async () => {
  await appendFile(join(root, 'migrations/meta/_journal.json'), '\n');
  await expect(plan()).rejects.toMatchObject({ code: 'own-migrations' });
});

describe('what drizzle-kit keeps', () => {
  const toBoth = () =>
    planRegeneration({
      root,
      given: new Map([['auth', { value: 'both', where: '--auth' }] as const]),
      modules: [],
      onConflict: 'fail',
    });

  test.each([
    ['migrations/meta/_journal.json', '<<<<<<< HEAD\n{}\n=======\n'],
    ['migrations/meta/_journal.json', '{}'],
    ['migrations/meta/0000_snapshot.json', '{'],
    ['migrations/meta/0000_snapshot.json', 'null'],
  ])('and cannot be read is told: %s with %j', async (path, text) => {
    await writeFile(join(root, path), text);
    await expect(toBoth()).rejects.toMatchObject({
      code: 'bad-migrations',
      where: path,
      exitCode: 2,
    });
  });

  test('is nobody’s edit as we left it, and is as somebody else did', async () => {
    const path = 'migrations/meta/_journal.json';
    const kind = async () => (await toBoth()).changes.find((one) => one.path === path)?.kind;
    expect(await kind()).toBe('update');
    await appendFile(join(root, path), ' ');
    expect(await kind()).toBe('merge');
  });
});
