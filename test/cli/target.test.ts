import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listing, QUIET, run, sandbox } from './support/program.ts';

const create = (cwd: string, ...args: readonly string[]) => run(cwd, [...args, ...QUIET]);

describe('targets that are welcome', () => {
  test('a path whose folders are missing', async () => {
    const cwd = sandbox();
    expect(await create(cwd, 'apps/web/my-api')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(join(cwd, 'apps/web/my-api/package.json'), 'utf8')).name).toBe(
      'my-api',
    );
  });

  test('the current directory, which names the project', async () => {
    const cwd = join(sandbox(), 'shop-api');
    mkdirSync(cwd);
    const { exitCode, stdout } = await create(cwd, '.');
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('  cd ');
    expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).name).toBe('shop-api');
  });

  test('an absolute path inside, and one elsewhere with --cwd', async () => {
    const cwd = sandbox();
    expect(await create(cwd, join(cwd, 'a'))).toMatchObject({ exitCode: 0 });
    const elsewhere = sandbox();
    expect(await create(cwd, '--cwd', elsewhere, 'b')).toMatchObject({ exitCode: 0 });
    expect(listing(elsewhere)).toContain('b/package.json');
  });

  test('an empty one keeps its mode and its inode', async () => {
    const cwd = sandbox();
    mkdirSync(join(cwd, 'my-api'), { mode: 0o700 });
    const { ino } = statSync(join(cwd, 'my-api'));
    expect(await create(cwd, 'my-api')).toMatchObject({ exitCode: 0 });
    expect(statSync(join(cwd, 'my-api'))).toMatchObject({ ino, mode: 0o40700 });
  });

  test('one with a repository, a licence and a readme: each stays, and that is said', async () => {
    const cwd = sandbox();
    const own = {
      'README.md': '# Mine',
      LICENSE: 'All mine',
      '.git/HEAD': 'ref: x',
      'readme.txt': 'too',
    };
    for (const [path, text] of Object.entries(own)) outputFileSync(join(cwd, 'my-api', path), text);
    const { exitCode, stdout } = await create(cwd, 'my-api');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Your README.md stays; ours is README.secure-express.md');
    for (const [path, text] of Object.entries(own)) {
      expect(readFileSync(join(cwd, 'my-api', path), 'utf8')).toBe(text);
    }
    expect(readFileSync(join(cwd, 'my-api', 'README.secure-express.md'), 'utf8')).toContain(
      'my-api',
    );
  });

  test('a symbolic link that stays inside is followed', async () => {
    const cwd = sandbox();
    mkdirSync(join(cwd, 'real'));
    symlinkSync('real', join(cwd, 'my-api'));
    expect(await create(cwd, 'my-api', '--name', 'my-api')).toMatchObject({ exitCode: 0 });
    expect(listing(join(cwd, 'real'))).toContain('package.json');
  });
});

describe('targets that are refused, and left as they are', () => {
  const conflict = async (arrange: (target: string) => void) => {
    const cwd = sandbox();
    const target = join(cwd, 'my-api');
    mkdirSync(target);
    arrange(target);
    const before = listing(cwd);
    const { exitCode, stderr } = await create(cwd, 'my-api');
    expect({ exitCode, now: listing(cwd) }).toEqual({ exitCode: 3, now: before });
    return stderr;
  };

  test.each(['index.js', '.env', 'package.json', 'src/x', 'README/x', 'license.d/x', '.gitignore'])(
    'one that holds %s',
    async (path) => {
      const stderr = await conflict((target) => outputFileSync(join(target, path), 'mine'));
      expect(stderr).toContain(path.split('/')[0]);
    },
  );

  test('one that holds a name that would drive the terminal', async () => {
    const stderr = await conflict((target) => writeFileSync(join(target, '\u001b[2Jx'), ''));
    expect(stderr).not.toContain('\u001b');
  });

  test('one that holds an inner symbolic link', async () => {
    await conflict((target) => symlinkSync('/etc', join(target, 'src')));
  });

  test('one where even our readme has no name left', async () => {
    const stderr = await conflict((target) => {
      writeFileSync(join(target, 'README.md'), '');
      writeFileSync(join(target, 'readme.secure-express.md'), '');
    });
    expect(stderr).toContain('README.secure-express.md');
  });

  test.each([
    [
      'a link out of the parent',
      (cwd: string, outside: string) => symlinkSync(outside, join(cwd, 'my-api')),
    ],
    ['a link to nothing', (cwd: string) => symlinkSync('nothing', join(cwd, 'my-api'))],
    ['a link to itself', (cwd: string) => symlinkSync('my-api', join(cwd, 'my-api'))],
    ['a file', (cwd: string) => writeFileSync(join(cwd, 'my-api'), 'mine')],
  ])('%s', async (_, arrange) => {
    const cwd = sandbox();
    const outside = sandbox();
    arrange(cwd, outside);
    const { exitCode, stderr } = await create(cwd, 'my-api');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/symbolic link|file/);
    expect(listing(outside)).toEqual([]);
    expect(listing(cwd)).toEqual(['my-api']);
  });

  test('a way that leads through a link out, or through a file', async () => {
    const cwd = sandbox();
    const outside = sandbox();
    symlinkSync(outside, join(cwd, 'link'));
    writeFileSync(join(cwd, 'file'), '');
    expect(await create(cwd, 'link/my-api')).toMatchObject({ exitCode: 2 });
    expect(await create(cwd, 'file/my-api')).toMatchObject({ exitCode: 2 });
    expect(listing(outside)).toEqual([]);
  });

  test('a name longer than the file system takes', async () => {
    const long = `${'a'.repeat(150)}/${'b'.repeat(256)}/my-api`;
    expect(await create(sandbox(), long)).toMatchObject({ exitCode: 2 });
  });
});

/** Mounts a file system for one test; skips the test, saying why, where that is not permitted. */
async function mounted(
  context: { readonly skip: (note: string) => never },
  args: readonly string[],
): Promise<string> {
  const point = sandbox();
  const { failed, stderr } = await execa('mount', [...args, point], { reject: false });
  if (failed) context.skip(`SKIPPED, nothing is proven: mounting is not permitted here: ${stderr}`);
  onTestFinished(async () => {
    await execa('umount', ['-l', point], { reject: false });
  });
  return point;
}

describe('disks that refuse', () => {
  test('a full one: nothing is left on it', async (context) => {
    const cwd = await mounted(context, ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs']);
    const { exitCode, stderr } = await create(cwd, 'my-api');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('disk that is full');
    expect(listing(cwd)).toEqual([]);
  });

  test('a read-only one', async (context) => {
    const cwd = await mounted(context, ['-t', 'tmpfs', '-o', 'ro', 'tmpfs']);
    const { exitCode, stderr } = await create(cwd, 'my-api');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('read-only');
  });

  test('a directory of someone else', async (context) => {
    if (process.getuid?.() !== 0) context.skip('SKIPPED: only root can run as someone else');
    const cwd = sandbox();
    chmodSync(cwd, 0o755);
    const loader = 'data:text/javascript,process.setuid(65534)';
    const { exitCode, stderr } = await run(cwd, ['my-api', ...QUIET], {
      node: ['--import', loader],
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('may not be written to');
    expect(listing(cwd)).toEqual([]);
  });
});
