import { expect, test } from 'vitest';
import { planCounts, planRows } from '../../../src/cli/plan-counts.ts';
import type { Change } from '../../../src/disk/changes.ts';

const file = { content: '', mode: 0o644, feature: 'x' };
const create = (path: string): Change => ({ kind: 'create', path, file });
const CHANGES: readonly Change[] = [
  { kind: 'conflict', path: 'README.md', file, problems: ['line 3'] },
  { kind: 'merge', path: 'src/a/edited.ts', file, before: '' },
  { kind: 'merge', path: '.env', file: { ...file, secret: true }, before: '' },
  create('src/a/one.ts'),
  create('src/b/alone.ts'),
  create('src/a/two.ts'),
  create('top.ts'),
  { kind: 'delete', path: 'src/a/gone.ts', feature: 'x', before: '', why: 'edited' },
  { kind: 'unchanged', path: 'src/a/same.ts', file },
  create('.secure-express/base.gz'),
  create('.secure-express/manifest.json'),
];

test('a plan is counted', () => {
  expect(planCounts(CHANGES)).toBe(
    '6 new, 1 changed, 1 merged with your edits, 1 deleted, 1 conflict',
  );
  expect(planCounts([])).toBe('');
});

test('what nobody edited is put together by folder, and what is to be decided stands last', () => {
  const rows = planRows(CHANGES, ({ path }) => (path === 'top.ts' ? 'why' : ''));
  expect(rows.map(({ kind, where, files, remark }) => [kind, where, files, remark])).toEqual([
    ['create', '.secure-express/', 2, ''],
    ['create', 'src/a/', 2, ''],
    ['create', 'src/b/alone.ts', 1, ''],
    ['create', 'top.ts', 1, 'why'],
    ['delete', 'src/a/gone.ts', 1, ''],
    ['merge', '.env', 1, ''],
    ['merge', 'src/a/edited.ts', 1, ''],
    ['conflict', 'README.md', 1, ''],
  ]);
});
