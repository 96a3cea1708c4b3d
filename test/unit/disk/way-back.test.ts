import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { outputFileSync, removeSync } from 'fs-extra/esm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../src/disk/changes.ts';
import { commit } from '../../../src/disk/commit.ts';
import { planWayBack } from '../../../src/disk/way-back.ts';
import type { OnConflict } from '../../../src/merge/on-conflict.ts';
import { sha256 } from '../../../src/sha256.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cse-back-')));
});
afterEach(() => removeSync(root));

const write = (path: string, content: string) => outputFileSync(join(root, path), content);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const file = (content: string) => ({ content, mode: 0o644, feature: 'x' });
const files = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.startsWith('.git/') && !path.startsWith('.secure-express/undo/'))
    .sort();
const doIt = (changes: readonly Change[]) =>
  commit(changes, { path: root, anchor: root }, new AbortController().signal, { undoable: true });
const undo = (onConflict: OnConflict = 'fail') => doIt(planWayBack(root, onConflict));

const MANIFEST = '.secure-express/manifest.json';
const add: readonly Change[] = [
  { kind: 'create', path: MANIFEST, file: file('record') },
  { kind: 'create', path: 'ours/a.txt', file: file('a') },
  { kind: 'merge', path: 'app.txt', file: file('app, wired'), before: sha256('app') },
];
const remove: readonly Change[] = [
  { kind: 'delete', path: MANIFEST, feature: 'x', before: sha256('record') },
  { kind: 'delete', path: 'ours/a.txt', feature: 'x', before: sha256('a') },
  { kind: 'update', path: 'app.txt', file: file('app'), before: sha256('app, wired') },
];

describe.each(['a repository', 'no repository'])('in %s', (place) => {
  beforeEach(() => {
    write('app.txt', 'app');
    if (place === 'a repository') mkdirSync(join(root, '.git'));
  });

  test('what was done is undone, and done again', async () => {
    await doIt(add);
    expect(files()).toEqual([MANIFEST, 'app.txt', 'ours/a.txt']);
    await undo();
    expect(files()).toEqual(['app.txt']);
    expect(read('app.txt')).toBe('app');
  });

  test('what is removed leaves nothing behind', async () => {
    await doIt(add);
    await doIt(remove);
    expect(readdirSync(root).filter((name) => name !== '.git')).toEqual(['app.txt']);
    if (place === 'no repository') {
      expect(() => planWayBack(root, 'fail')).toThrow(/nothing to undo/i);
    } else {
      await undo();
      expect(files()).toEqual([MANIFEST, 'app.txt', 'ours/a.txt']);
      expect(read('app.txt')).toBe('app, wired');
    }
  });
});

test('in a work tree beside the first, what is removed comes back, too', async () => {
  const git = (...args: readonly string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
  const main = root;
  await git('init', '--quiet');
  await git('commit', '--quiet', '--allow-empty', '--message', 'first');
  await git('worktree', 'add', '--quiet', 'beside');
  root = join(main, 'beside');
  write('app.txt', 'app');
  await doIt(add);
  await doIt(remove);
  expect(readdirSync(root).sort()).toEqual(['.git', 'app.txt']);
  expect((await git('status', '--porcelain')).stdout).toBe('?? app.txt');
  await undo();
  expect(files()).toEqual(['.git', MANIFEST, 'app.txt', 'ours/a.txt']);
  root = main;
});

test.each(['gitdir: nowhere\n', 'something else\n'])(
  'where there is no place for it, what is removed leaves nothing behind: .git holds %j',
  async (text) => {
    write('app.txt', 'app');
    write('.git', text);
    await doIt(add);
    await doIt(remove);
    expect(readdirSync(root).sort()).toEqual(['.git', 'app.txt']);
  },
);

test('only the last one can be undone', async () => {
  await doIt([{ kind: 'create', path: MANIFEST, file: file('1') }]);
  await doIt([{ kind: 'update', path: MANIFEST, file: file('2'), before: sha256('1') }]);
  await doIt([{ kind: 'update', path: MANIFEST, file: file('3'), before: sha256('2') }]);
  await undo();
  expect(read(MANIFEST)).toBe('2');
  await undo();
  expect(read(MANIFEST)).toBe('3');
});

test('what is kept is nothing that a test runner or a linter looks at', async () => {
  write('a.test.ts', 'old');
  await doIt([
    { kind: 'create', path: MANIFEST, file: file('1') },
    { kind: 'update', path: 'a.test.ts', file: file('new'), before: sha256('old') },
  ]);
  const kept = readdirSync(join(root, '.secure-express/undo'), { recursive: true }).map(String);
  expect(kept.filter((path) => /\.ts$/.test(path))).toEqual([]);
  await undo();
  expect(read('a.test.ts')).toBe('old');
});

test('the former content of secrets is not kept', async () => {
  const secret = { ...file('KEY=old\nNEW=new\n'), secret: true };
  write('.env', 'KEY=old\n');
  await doIt([
    { kind: 'create', path: MANIFEST, file: file('1') },
    { kind: 'merge', path: '.env', file: secret, before: sha256('KEY=old\n') },
  ]);
  const kept = readdirSync(join(root, '.secure-express/undo'), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  const texts = kept.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(texts.filter((text) => text.includes('KEY='))).toEqual([]);
  await undo();
  expect(read('.env')).toBe('KEY=old\nNEW=new\n');
});

describe('what was edited since', () => {
  const edit = () => {
    write('app.txt', 'app, wired and edited');
    write('ours/a.txt', 'a, edited');
  };
  const left = () => ({ app: read('app.txt'), files: files() });
  beforeEach(async () => {
    write('app.txt', 'app');
    write('gone.txt', 'gone');
    mkdirSync(join(root, '.git'));
    await doIt([
      ...add,
      { kind: 'delete', path: 'gone.txt', feature: 'x', before: sha256('gone') },
    ]);
    edit();
    write('gone.txt', 'mine');
  });

  test.each(['fail', 'merge'] as const)('is a conflict with %s', (onConflict) => {
    const conflicts = planWayBack(root, onConflict).filter(({ kind }) => kind === 'conflict');
    expect(conflicts.map(({ path }) => path)).toEqual(['ours/a.txt', 'app.txt', 'gone.txt']);
  });

  test('gives way to what was there before with theirs, and comes back with another', async () => {
    await undo('theirs');
    expect(left()).toEqual({ app: 'app', files: ['app.txt', 'gone.txt'] });
    expect(read('gone.txt')).toBe('gone');
    await undo();
    expect(left()).toEqual({
      app: 'app, wired and edited',
      files: [MANIFEST, 'app.txt', 'gone.txt', 'ours/a.txt'],
    });
    expect([read('ours/a.txt'), read('gone.txt')]).toEqual(['a, edited', 'mine']);
  });

  test('and deleted comes back with theirs', async () => {
    removeSync(join(root, 'app.txt'));
    await undo('theirs');
    expect(read('app.txt')).toBe('app');
  });
});

test('settings that were added to a new file of secrets stay, whatever becomes of the rest', async () => {
  await doIt([
    { kind: 'create', path: MANIFEST, file: file('1') },
    { kind: 'create', path: '.env', file: { ...file('NEW=new\n'), secret: true } },
  ]);
  write('.env', 'NEW=new\nMINE=1\n');
  await undo('theirs');
  expect(files()).toEqual(['.env']);
});
