import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { removeSync } from 'fs-extra/esm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../../src/disk/changes.ts';
import { commit } from '../../../src/disk/commit.ts';
import { ON_CONFLICT, type OnConflict } from '../../../src/merge/on-conflict.ts';
import { planMerge } from '../../../src/merge/plan.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { applyEdits, edits, type Lines, STYLES } from '../../support/user-edits.ts';

const tree = (files: Readonly<Record<string, string>>): Tree =>
  new Map(
    Object.entries(files).map(([path, content]) => [path, { content, mode: 0o644, feature: 'x' }]),
  );

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cse-merge-')));
});
afterAll(() => removeSync(folder));

/** A text of lines that occur once each. */
const text = (name: string, length: number) =>
  Array.from({ length }, (_, index) => `${name} ${index}`);

/** `npm run test:all` looks further each time; a run that decides about a merge looks where the last one looked. */
const RUNS = process.env.MODE === 'all' ? { numRuns: 2000 } : { numRuns: 300, seed: 4 };

const PATHS = Array.from({ length: 6 }, (_, file) => `dir/${file}.txt`);

const scene = fc.record({
  mine: edits,
  ours: edits,
  style: fc.constantFrom(...STYLES),
  onConflict: fc.constantFrom<OnConflict>(...ON_CONFLICT),
});

test('what a user did between two versions is never lost without a conflict that is told', {
  timeout: 600_000,
}, async () => {
  let round = 0;
  let merged = 0;
  await fc.assert(
    fc.asyncProperty(scene, async ({ mine, ours, style, onConflict }) => {
      const root = join(folder, `${round++}`);
      const first: Lines = new Map(
        PATHS.map((path, file) => [path, text(`file ${file}`, 5 * file)]),
      );
      const copy = (): Lines => new Map([...first].map(([path, lines]) => [path, [...lines]]));
      const disk = copy();
      const brought = applyEdits(disk, PATHS, mine, (_, index) => `mine ${index}`);
      const next = copy();
      applyEdits(next, PATHS, ours, (_, index) => `ours ${index}`);
      const base = new Map([...first].map(([path, lines]) => [path, STYLES[0](lines)]));
      const wanted = tree(
        Object.fromEntries([...next].map(([path, lines]) => [path, STYLES[0](lines)])),
      );
      for (const [path, lines] of disk) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), style(lines));
      }
      mkdirSync(root, { recursive: true });

      const changes = planMerge({ root, base, owners: new Map(), tree: wanted, onConflict });
      const told = new Set(changes.filter(isTold).map(({ path }) => path));
      if (changes.some(({ kind }) => kind === 'conflict')) {
        expect(onConflict).toBe('fail');
        return;
      }
      merged += changes.filter(({ kind }) => kind === 'merge').length;
      await commit(changes, { path: root, anchor: root }, new AbortController().signal);

      for (const [line, path] of brought) {
        // Only theirs may take a line away, and says so.
        if (onConflict === 'theirs' && told.has(path)) continue;
        expect(readFileSync(join(root, path), 'utf8').split(/\r?\n/), path).toContain(line);
      }
      for (const [path, lines] of first) {
        const isThere = statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
        if (!disk.has(path)) expect(isThere, `${path} was deleted`).toBe(false);
        if (!isThere || told.has(path)) continue;
        const now = readFileSync(join(root, path), 'utf8').split(/\r?\n/);
        for (const line of lines) {
          if (!disk.get(path)?.includes(line)) expect(now, `${path} lost it`).not.toContain(line);
        }
      }
      // What was decided once is not asked again.
      const renewed = new Map([...wanted].map(([path, { content }]) => [path, String(content)]));
      const again = planMerge({
        root,
        base: renewed,
        owners: new Map(),
        tree: wanted,
        onConflict: 'fail',
      });
      expect(again.filter(({ kind }) => !['unchanged', 'keep'].includes(kind))).toEqual([]);
      rmSync(root, { recursive: true });
    }),
    RUNS,
  );
  // The merge of edits from both sides is what this is about.
  expect(merged).toBeGreaterThan(30);
});

function isTold(change: Change): boolean {
  if (change.kind === 'conflict') return true;
  if (change.kind === 'delete') return change.why !== undefined;
  return change.kind === 'merge' && (change.conflicts?.length ?? 0) > 0;
}

test('only the files of the base and of the tree are read', () => {
  const root = join(folder, 'bounded');
  mkdirSync(join(root, 'dir'), { recursive: true });
  writeFileSync(join(root, 'dir/a.txt'), 'a\n');
  const changes = planMerge({
    root,
    base: new Map([['dir/a.txt', 'a\n']]),
    owners: new Map(),
    tree: tree({ 'dir/a.txt': 'b\n' }),
    onConflict: 'fail',
  });
  expect(changes).toMatchObject([{ kind: 'update', path: 'dir/a.txt' }]);
  expect(readdirSync(root)).toEqual(['dir']);
});
