import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('migrations that were added are not dropped for it', async () => {
  await appendFile(join(root, 'migrations/meta/_journal.json'), '\n');
  await expect(plan()).rejects.toMatchObject({ code: 'own-migrations' });
});
