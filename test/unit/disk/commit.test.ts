import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputFileSync, removeSync } from 'fs-extra/esm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change } from '../../../src/disk/changes.ts';
import { commit } from '../../../src/disk/commit.ts';
import { isWorkDirectory } from '../../../src/disk/journal.ts';
import type { Owner } from '../../../src/disk/owner.ts';
import { inspectTarget, locateTarget } from '../../../src/disk/target.ts';
import { recoverTarget } from '../../../src/disk/undo.ts';
import { ConflictError, InputError } from '../../../src/errors.ts';
import { sha256 } from '../../../src/sha256.ts';

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
function failing(name: 'linkSync' | 'renameSync', code: string, from = 1, to = Infinity): void {
  const real = fs[name] as (...args: readonly unknown[]) => unknown;
  let calls = 0;
  vi.spyOn(fs, name).mockImplementation((...args: readonly unknown[]) => {
    calls++;
    if (calls >= from && calls <= to) throw Object.assign(new Error(code), { code });
    return real(...args) as never;
  });
  syncBuiltinESMExports();
}

describe('a commit', () => {
  test('works where the file system has no hard links', async () => {
    mkdirSync(join(base, 'x'));
    failing('linkSync', 'EPERM');
    await commit(changes('a.txt', 'src/b.txt'), target('x'), never);
    expect(readdirSync(join(base, 'x'), { recursive: true }).sort()).toEqual([
      'a.txt',
      'src',
      'src/b.txt',
    ]);
  });

  test('undoes that too', async () => {
    mkdirSync(join(base, 'x'));
    failing('linkSync', 'ENOTSUP');
    // The scratch directory, the journal, and the first file are renamed; the second is not.
    failing('renameSync', 'EIO', 4, 4);
    const attempt = commit(changes('a.txt', 'b.txt'), target('x'), never);
    await expect(attempt).rejects.toMatchObject({ exitCode: 1 });
    expect(readdirSync(join(base, 'x'))).toEqual([]);
  });

  test.each(['x', 'deep/er/x'])(
    'of two into %s at once, one wins and the other leaves no trace',
    async (directory) => {
      const [one, two] = [target(directory), target(directory)];
      const results = await Promise.allSettled([
        commit(changes('a.txt', 'b.txt'), one, never),
        commit(changes('a.txt', 'b.txt'), two, never),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(readdirSync(join(base, directory))).toEqual(['a.txt', 'b.txt']);
      expect(readdirSync(base).filter(isWorkDirectory)).toEqual([]);
    },
  );

  test('leaves what it replaces the mode that it has', async () => {
    const path = join(base, 'a.txt');
    writeFileSync(path, 'old');
    chmodSync(path, 0o664);
    const usual = process.umask(0o022);
    const file = { content: 'new', mode: 0o644, feature: 'x' };
    const before = sha256('old');
    await commit(
      [{ kind: 'update', path: 'a.txt', file, before }],
      { path: base, anchor: base },
      never,
    ).finally(() => process.umask(usual));
    expect(statSync(path).mode & 0o777).toBe(0o664);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

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

test('a file that is the same as ours, and was not brought by us, is not taken away', async () => {
  mkdirSync(join(base, 'x'));
  const stale = target('x');
  // The same content within the same tick of the clock, as another run would write it.
  writeFileSync(join(base, 'x', 'a.txt'), 'a.txt');
  await expect(commit(changes('a.txt', 'b.txt'), stale, never)).rejects.toThrow(ConflictError);
  expect(readdirSync(join(base, 'x'))).toEqual(['a.txt']);
});

describe('files that are there', () => {
  const put = (path: string, content: string, mode = 0o644) => {
    outputFileSync(join(base, 'x', path), content, { mode });
  };
  const read = (path: string) => readFileSync(join(base, 'x', path), 'utf8');
  const inX = () => listing(join(base, 'x'));
  const some: readonly Change[] = [
    ...changes('new/n.txt'),
    {
      kind: 'merge',
      path: 'dir/u.txt',
      file: { content: 'u, ours', mode: 0o600, feature: 'x' },
      before: sha256('u'),
    },
    { kind: 'delete', path: 'gone/d.txt', feature: 'x', before: sha256('d') },
  ];
  const repo = () => ({ path: join(base, 'x'), anchor: join(base, 'x') });
  beforeEach(() => {
    put('dir/u.txt', 'u', 0o755);
    put('gone/d.txt', 'd');
  });

  test('are replaced with their mode, and go with their directory', async () => {
    await commit(some, repo(), never);
    expect(inX()).toEqual(['dir', 'dir/u.txt', 'new', 'new/n.txt']);
    expect(read('dir/u.txt')).toBe('u, ours');
    expect(statSync(join(base, 'x/dir/u.txt')).mode & 0o777).toBe(0o755);
  });

  test.each([
    ['is changed', () => put('dir/u.txt', 'u, edited')],
    ['has vanished', () => removeSync(join(base, 'x/dir/u.txt'))],
    [
      'has become a link',
      () => {
        removeSync(join(base, 'x/dir/u.txt'));
        put('other', 'u');
        symlinkSync('../other', join(base, 'x/dir/u.txt'));
      },
    ],
  ])('one that %s meanwhile is a conflict, and all is as it was', async (_, meanwhile) => {
    meanwhile();
    const before = inX();
    await expect(commit(some, repo(), never)).rejects.toMatchObject({ code: 'target-changed' });
    expect(inX()).toEqual(before);
  });

  test('one that is changed when others are in place is a conflict, and those are taken back', async () => {
    const real = fs.renameSync;
    vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      real(from, to);
      if (String(to).endsWith('u.txt')) put('gone/d.txt', 'd, edited');
    });
    syncBuiltinESMExports();
    await expect(commit(some, repo(), never)).rejects.toMatchObject({ code: 'target-changed' });
    expect(inX()).toEqual(['dir', 'dir/u.txt', 'gone', 'gone/d.txt']);
    expect([read('dir/u.txt'), read('gone/d.txt')]).toEqual(['u', 'd, edited']);
  });

  test('in a directory that is a link out are not written', async () => {
    mkdirSync(join(base, 'elsewhere'));
    symlinkSync(join(base, 'elsewhere'), join(base, 'x/new'));
    await expect(commit(some, repo(), never)).rejects.toMatchObject({ code: 'symlink' });
    expect(readdirSync(join(base, 'elsewhere'))).toEqual([]);
    expect(read('dir/u.txt')).toBe('u');
  });

  test('stay when the disk refuses at any step', async () => {
    for (let step = 1; ; step++) {
      failing('renameSync', 'EIO', step, step);
      const before = inX();
      const result = await commit(some, repo(), never).catch((error: unknown) => error);
      vi.restoreAllMocks();
      syncBuiltinESMExports();
      expect(recoverTarget(base, join(base, 'x'))).toBeUndefined();
      if (result === undefined) break;
      expect(inX()).toEqual(before);
      expect([read('dir/u.txt'), read('gone/d.txt')]).toEqual(['u', 'd']);
      expect(step).toBeLessThan(10);
    }
    expect(inX()).toEqual(['dir', 'dir/u.txt', 'new', 'new/n.txt']);
  });
});

describe('what a killed run left', () => {
  /** No process has an id that large. */
  const GONE = 4_000_000_000;
  const leave = (name: string, owner: Partial<Owner> = {}) => {
    const path = join(base, name);
    const dead = { token: 'a'.repeat(16), pid: GONE, host: hostname(), ...owner };
    outputFileSync(join(path, 'owner.json'), JSON.stringify(dead));
    return path;
  };
  const left = () => listing(base).filter((path) => path.includes('secure-express'));

  test('is cleared away beside the target, beside its parents, and in it', () => {
    mkdirSync(join(base, 'a/b'), { recursive: true });
    leave('.a.secure-express-work');
    leave('a/.b.secure-express-work');
    leave('a/b/.secure-express-work');
    leave(`a/.secure-express-${GONE}-${'b'.repeat(16)}`);
    leave('.other.secure-express-work');
    expect(recoverTarget(base, join(base, 'a/b'))).toBeUndefined();
    expect(left()).toEqual(['.other.secure-express-work', '.other.secure-express-work/owner.json']);
  });

  test('is cleared away even where a run that did so was killed at it, and so on', () => {
    leave('.x.secure-express-work', { token: 'a'.repeat(16) });
    leave(`.x.secure-express-work.${'a'.repeat(16)}`, { token: 'b'.repeat(16) });
    leave(`.x.secure-express-work.${'a'.repeat(16)}.${'b'.repeat(16)}`, { token: 'c'.repeat(16) });
    expect(recoverTarget(base, join(base, 'x'))).toBeUndefined();
    expect(left()).toEqual([]);
  });

  test('is not what a run that goes on is working in', () => {
    const path = leave('.x.secure-express-work', { pid: process.ppid });
    expect(recoverTarget(base, join(base, 'x'))).toMatchObject({ pid: process.ppid });
    // Unless it has had more than enough time: ids come round again.
    utimesSync(path, new Date(0), new Date(0));
    expect(recoverTarget(base, join(base, 'x'))).toBeUndefined();
    expect(left()).toEqual([]);
  });

  test('is not touched while another run puts it right', () => {
    leave('.x.secure-express-work');
    leave(`.x.secure-express-work.${'a'.repeat(16)}`, { pid: process.ppid });
    expect(recoverTarget(base, join(base, 'x'))).toMatchObject({ pid: process.ppid });
    expect(left()).toHaveLength(4);
  });

  test('of another machine is taken for alive, for a while', () => {
    const path = leave('.x.secure-express-work', { host: 'elsewhere' });
    expect(recoverTarget(base, join(base, 'x'))).toMatchObject({ host: 'elsewhere' });
    utimesSync(path, new Date(0), new Date(0));
    expect(recoverTarget(base, join(base, 'x'))).toBeUndefined();
  });
});

function listing(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true }).map(String).sort();
}
