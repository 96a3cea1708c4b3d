import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { run } from '../support/run.ts';
import { labFolder, layOut, program } from './lab/lab.ts';
import { answersOf, everyVariant, type Variant } from './variants.ts';

// What shapes the tables: the dialect, who is signed in by what, and where sessions are kept.
const shapes = new Map<string, Variant>();
for (const variant of everyVariant()) {
  const { database, auth, sessionStore = 'none' } = variant.answers;
  const shape = [database, auth, sessionStore].join('-');
  if (!shapes.has(shape)) shapes.set(shape, variant);
}

test.each([...shapes])(
  'the first migration of %s makes what its schema says',
  async (shape, { answers }) => {
    const folder = await labFolder(`migrations/${shape}`);
    await layOut(await renderProject(answers), folder);
    expect(await generate(folder)).toContain('No schema changes');
  },
);

test('a change of the schema is one to migrate', async () => {
  const folder = await labFolder('migrations/changed');
  await layOut(await renderProject(answersOf({})), folder);
  await appendFile(
    join(folder, 'src/database/schema.ts'),
    'export const more = sqliteTable("more", { id: text("id").primaryKey() });\n',
  );
  expect(await generate(folder)).toContain('Your SQL migration file');
});

async function generate(folder: string): Promise<string> {
  const { output } = await run(program('drizzle-kit'), ['generate'], folder);
  return output;
}
