import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeSync } from 'fs-extra/esm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change } from '../../../src/disk/changes.ts';
import { commit } from '../../../src/disk/commit.ts';
import { isWorkDirectory } from '../../../src/disk/journal.ts';
import { inspectTarget, locateTarget } from '../../../src/disk/target.ts';
import { findAbandoned, recover } from '../../../src/disk/undo.ts';
import { ConflictError, InputError } from '../../../src/errors.ts';

let base: string;
beforeEach(() => {
  base = fs.realpathSync(mkdtempSync(join(tmpdir(), 'cse-disk-')));
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  removeSync(base);
});

const never = new AbortController().signal;
const target = (directory: string) => inspectTarget(locateTarget(base, directory), directory);
const changes = (...paths: readonly string[]): readonly Change[] =>
  paths.map((path) => ({
    kind: 'create',
    path,
    file: { content: path, mode: 0o644, feature: 'x' },
  }));

/** Makes one call of the file system fail, as the built-in modules see it. */
function failing(name: 'linkSync' | 'renameSync' | 'unlinkSync', code: string, from = 1): void {
  const real = fs[name] as (...args: readonly unknown[]) => unknown;
  let calls = 0;
  vi.spyOn(fs, name).mockImplementation((...args: readonly unknown[]) => {
    calls++;
    if (calls >= from) throw Object.assign(new Error(code), { code });
    return real(...args) as never;
  });
  syncBuiltinESMExports();
}

describe('a commit', () => {
  test('copies where the file system has no hard links', async () => {
    mkdirSync(join(base, 'x'));
    failing('linkSync', 'EPERM');
    await commit(changes('a.txt', 'src/b.txt'), target('x'), never);
    expect(readdirSync(join(base, 'x'), { recursive: true }).sort()).toEqual([
      'a.txt',
      'src',
      'src/b.txt',
    ]);
  });

  test('undoes what it copied', async () => {
    mkdirSync(join(base, 'x'));
    failing('linkSync', 'ENOTSUP');
    failing('unlinkSync', 'EIO', 2);
    const attempt = commit(changes('a.txt', 'b.txt'), target('x'), never);
    await expect(attempt).rejects.toMatchObject({ exitCode: 1 });
    // Even undoing was denied here; the next run makes up for it.
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    for (const left of findAbandoned(base, join(base, 'x'))) recover(left);
    expect(readdirSync(join(base, 'x'))).toEqual([]);
  });

  test.each(['x', 'deep/er/x'])(
    'of two into %s at once, one wins and the other leaves no trace',
    async (directory) => {
      const [one, two] = [target(directory), target(directory)];
      // Runs in one process share its id, and so the name of the work directory: the later one is turned away there.
      const results = await Promise.allSettled([
        commit(changes('a.txt', 'b.txt'), one, never),
        commit(changes('a.txt', 'b.txt'), two, never),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(readdirSync(join(base, directory))).toEqual(['a.txt', 'b.txt']);
      expect(readdirSync(base).filter(isWorkDirectory)).toEqual([]);
    },
  );

  test('does not replace a file that has appeared meanwhile', async () => {
    mkdirSync(join(base, 'x'));
    const stale = target('x');
    writeFileSync(join(base, 'x', 'b.txt'), 'theirs');
    await expect(commit(changes('a.txt', 'b.txt'), stale, never)).rejects.toThrow(ConflictError);
    expect(readdirSync(join(base, 'x'))).toEqual(['b.txt']);
    expect(readFileSync(join(base, 'x', 'b.txt'), 'utf8')).toBe('theirs');
  });

  test('does not replace a directory that has appeared meanwhile', async () => {
    const stale = target('x');
    mkdirSync(join(base, 'x'));
    writeFileSync(join(base, 'x', 'theirs'), '');
    await expect(commit(changes('a.txt'), stale, never)).rejects.toThrow(ConflictError);
    expect(readdirSync(base)).toEqual(['x']);
    expect(readdirSync(join(base, 'x'))).toEqual(['theirs']);
  });

  test('explains a full disk', async () => {
    failing('renameSync', 'ENOSPC');
    await expect(commit(changes('a.txt'), target('x'), never)).rejects.toThrow(InputError);
    expect(readdirSync(base)).toEqual([]);
  });
});

describe('what a killed run left', () => {
  const leave = (name: string) => {
    mkdirSync(join(base, name, 'new'), { recursive: true });
    return join(base, name);
  };
  /** No process has an id that large. */
  const GONE = 4_000_000_000;

  test('is found beside the target, beside its parents, and in it', () => {
    mkdirSync(join(base, 'a/b'), { recursive: true });
    const left = [
      `.a.secure-express-${GONE}`,
      `a/.b.secure-express-${GONE}`,
      `a/b/.secure-express-${GONE}`,
    ].map(leave);
    leave(`.other.secure-express-${GONE}`);
    expect([...findAbandoned(base, join(base, 'a/b'))].sort()).toEqual([...left].sort());
  });

  test('is not what a run that goes on is working in', () => {
    const parent = `${process.ppid}`;
    const path = leave(`.x.secure-express-${parent}`);
    expect(findAbandoned(base, join(base, 'x'))).toEqual([]);
    // Unless it has had more than enough time: ids come round again.
    utimesSync(path, new Date(0), new Date(0));
    expect(findAbandoned(base, join(base, 'x'))).toEqual([path]);
  });
});
