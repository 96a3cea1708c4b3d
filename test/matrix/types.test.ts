import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import type { Tree } from '../../src/render/tree.ts';
import { applyEdits } from '../attacks/lab/edits.ts';
import { TypedProjects } from './lab/types.ts';
import { answersOf, type Variant } from './variants.ts';

const sqlite: Variant = { label: 'on-sqlite', answers: answersOf({}) };
const postgres: Variant = { label: 'on-postgres', answers: answersOf({ database: 'postgres' }) };

/** What the compiler says of two projects, of which the second is changed. */
async function problemsWith(edit: (tree: Tree) => Tree): Promise<readonly string[]> {
  const typed = new TypedProjects();
  typed.add(sqlite, await renderProject(sqlite.answers));
  typed.add(postgres, edit(await renderProject(postgres.answers)));
  return typed.problems('covering', 'types-of-two');
}

test('two projects that fit share one program', async () => {
  expect(await problemsWith((tree) => tree)).toEqual([]);
});

test('what does not fit in one of them is told, with its name and in all that import it', async () => {
  const file = 'src/auth/users.ts';
  const edit = { file, search: 'async findActive(id: string)', replace: 'async findActive()' };
  const told = (await problemsWith((tree) => applyEdits(tree, [edit]))).join('\n');
  expect(told).toMatch(/^on-postgres src\/auth\/users\.\d+\.ts\(.*'id'/m);
  expect(told).toMatch(/^on-postgres src\/auth\/account-routes\.\d+\.ts\(.*arguments/m);
  expect(told).not.toContain('on-sqlite');
});
