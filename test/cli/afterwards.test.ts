import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { outputFileSync, removeSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { bin, listing, quietEnvironment, run, sandbox } from './support/program.ts';
import { noTerminal, openTerminal } from './support/terminal.ts';

/** Puts a program on the PATH that notes how it was called, and then does as `script` says. */
function stubProgram(folder: string, name: string, script: string): void {
  const path = join(folder, 'programs', name);
  const note = `{ printf '%s' "$PWD"; printf ' [%s]' "$@"; echo; } >> '${join(folder, 'calls')}'`;
  outputFileSync(path, `#!/bin/sh\n${note}\n${script}\n`);
  chmodSync(path, 0o755);
}

function scene() {
  const folder = sandbox();
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  const PATH = `${join(folder, 'programs')}:${process.env.PATH}`;
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8');
  const create = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(cwd, ['my-api', '--yes', ...args], { env: { PATH, ...env } });
  return { folder, cwd, project: join(cwd, 'my-api'), PATH, calls, create };
}

describe('installing', () => {
  test.each(['npm', 'pnpm', 'yarn', 'bun'])('is done by %s, inside the project', async (name) => {
    const { folder, project, calls, create } = scene();
    stubProgram(folder, name, 'echo what it says; echo progress >&2');
    const { exitCode, stdout, stderr } = await create(['--no-git', '--package-manager', name]);
    expect(exitCode).toBe(0);
    expect(calls()).toBe(`${project} [install]\n`);
    expect(stdout).toContain('what it says');
    expect(stdout).toContain('Installed the dependencies');
    expect(stdout).not.toContain(`${name} install\n  `);
    expect(stderr).toContain('progress');
  });

  test('with --json, what it says goes to stderr', async () => {
    const { folder, create } = scene();
    stubProgram(folder, 'npm', 'echo what it says');
    const { stdout, stderr } = await create(['--no-git', '--json']);
    expect(JSON.parse(stdout).steps[0]).toMatchObject({ name: 'install', status: 'done' });
    expect(stderr).toContain('what it says');
  });

  test('that fails is told with the command, and is not fatal', async () => {
    const { folder, project, create } = scene();
    stubProgram(folder, 'npm', 'exit 7');
    const { exitCode, stdout } = await create(['--no-git']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The dependencies are not installed: npm left with 7');
    expect(stdout).toMatch(/Next\n {2}cd my-api\n {2}npm install\n/);
    expect(listing(project)).toContain('package.json');
  });

  test('by a program that is not there is told, and is not fatal', async () => {
    const { create, folder } = scene();
    // Only node and the system's own programs.
    const PATH = join(folder, 'empty');
    const { exitCode, stdout } = await create(['--no-git', '--package-manager', 'bun'], { PATH });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('bun is not installed');
  });

  test('cannot ask anything: its input is at its end', async () => {
    const { folder, create } = scene();
    stubProgram(folder, 'npm', 'if read answer; then exit 1; else exit 0; fi');
    expect((await create(['--no-git', '--json'])).stdout).toContain('"status": "done"');
  });

  test('that is interrupted leaves the project, and exit code 0', async () => {
    const { folder, cwd, project, PATH } = scene();
    stubProgram(folder, 'npm', 'exec sleep 30');
    const running = execa(process.execPath, [bin, 'my-api', '--yes'], {
      cwd,
      env: { ...quietEnvironment(cwd), PATH },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    // The package manager is at work once it has noted its call.
    while (!existsSync(join(folder, 'calls'))) await sleep(20);
    running.kill('SIGINT');
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The dependencies are not installed: it was stopped');
    expect(stdout).toContain('There is no first commit: it was stopped');
    expect(stdout).toContain('The project is there; two steps are left to you');
    expect(stdout).not.toContain('All done');
    expect(stdout).toMatch(
      /Next\n {2}cd my-api\n {2}npm install\n {2}git init && .*\n {2}npm run dev\n/,
    );
    expect(listing(project)).toContain('package.json');
    expect(listing(project)).not.toContain('.git');
  });
});

describe.skipIf(noTerminal !== undefined)('installing, in a terminal', () => {
  const args = ['my-api', '--yes', '--no-git'];

  test('shows one line that goes on, and nothing of what the package manager says', async () => {
    const { folder, cwd, PATH } = scene();
    stubProgram(folder, 'npm', 'echo 57 packages are looking for funding; sleep 3');
    const terminal = await openTerminal(cwd, args, { env: { PATH } });
    await terminal.see(/^. Installing with npm … [12] s$/m);
    expect(await terminal.exitCode()).toBe(0);
    const screen = await terminal.see(/✔ Installed the dependencies in 3/);
    expect(screen).not.toContain('funding');
    expect(screen).not.toContain('Installing with');
  });

  test('says what was found unsafe, and everything of a failure', async () => {
    const { folder, cwd, PATH } = scene();
    stubProgram(folder, 'npm', 'echo "2 vulnerabilities (1 low, 1 high)"');
    const warned = await openTerminal(cwd, args, { env: { PATH } });
    expect(await warned.exitCode()).toBe(0);
    await warned.see(/Installed the dependencies.*\n {2}2 vulnerabilities/);
    stubProgram(folder, 'npm', 'echo first; echo "npm error nothing goes" >&2; exit 7');
    const failed = await openTerminal(cwd, ['other', ...args.slice(1)], { env: { PATH } });
    expect(await failed.exitCode()).toBe(0);
    await failed.see(
      /first\nnpm error nothing goes\n! The dependencies are not installed: npm left with 7/,
    );
  });
});

describe('the first commit', () => {
  const git = async (cwd: string, ...args: readonly string[]) => {
    const env = { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
    return (await execa('git', args, { cwd, env, extendEnv: false })).stdout;
  };

  test('holds everything but secrets, on main, by nobody in particular', async () => {
    const { project, create } = scene();
    const { exitCode, stdout } = await create(['--no-install']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Made the first commit');
    expect(stdout).toContain('git knows no name of yours');
    const files = await git(project, 'ls-files');
    expect(files).toContain('package.json');
    expect(files.split('\n')).not.toContain('.env');
    expect(await git(project, 'status', '--porcelain')).toBe('');
    expect(await git(project, 'log', '--format=%an %s', '--all')).toMatch(
      /^create-secure-express Create/,
    );
    expect(await git(project, 'branch', '--show-current')).toBe('main');
    // Even for someone who throws the .gitignore away.
    removeSync(join(project, '.gitignore'));
    expect(await git(project, 'check-ignore', '.env')).toBe('.env');
  });

  test('comes after installing, and holds the lock file', async () => {
    const { folder, project, create } = scene();
    stubProgram(
      folder,
      'npm',
      'echo {} > package-lock.json; mkdir node_modules; touch node_modules/x',
    );
    await create([]);
    const files = (await git(project, 'ls-files')).split('\n');
    expect(files).toContain('package-lock.json');
    expect(files).not.toContain('node_modules/x');
  });

  test('cannot be broken by hooks, signing, templates or an fsmonitor of the person', async () => {
    const { folder, cwd, project, create } = scene();
    const bad = join(folder, 'bad');
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'prepare-commit-msg']) {
      for (const place of [bad, join(bad, 'hooks')]) {
        outputFileSync(join(place, hook), `#!/bin/sh\ntouch '${join(folder, 'RAN')}'\nexit 1\n`);
        chmodSync(join(place, hook), 0o755);
      }
    }
    outputFileSync(
      join(cwd, '.gitconfig'),
      `[core]\n hooksPath = ${bad}\n fsmonitor = ${bad}/pre-commit\n[commit]\n gpgsign = true\n` +
        `[init]\n templateDir = ${bad}\n defaultBranch = trunk\n[gpg]\n program = /nonexistent\n` +
        '[user]\n name = Ada\n email = ada@example.com\n',
    );
    const { stdout } = await create(['--no-install', '--json']);
    expect(JSON.parse(stdout).steps[1]).toMatchObject({ name: 'git', status: 'done' });
    expect(listing(folder)).not.toContain('RAN');
    expect(await git(project, '-c', 'core.fsmonitor=false', 'log', '--format=%an <%ae>')).toBe(
      'Ada <ada@example.com>',
    );
    // The person's own name for the first branch is theirs to choose.
    expect(await git(project, 'branch', '--show-current')).toBe('trunk');
  });

  test('is not misled by the GIT_DIR of another repository', async () => {
    const { folder, project, create } = scene();
    const other = join(folder, 'other');
    mkdirSync(other);
    await git(other, 'init', '--quiet');
    const GIT_DIR = join(other, '.git');
    const env = { GIT_DIR, GIT_WORK_TREE: other, GIT_INDEX_FILE: join(GIT_DIR, 'index') };
    const config = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.bare',
      GIT_CONFIG_VALUE_0: 'true',
    };
    await create(['--no-install'], { ...env, ...config });
    expect(await git(project, 'ls-files')).toContain('package.json');
    expect(await git(other, 'rev-list', '--all')).toBe('');
  });

  test('is not made inside another repository, nor in one that is there', async () => {
    const { cwd, project, create } = scene();
    mkdirSync(project);
    await git(project, 'init', '--quiet');
    const own = JSON.parse((await create(['--no-install', '--json'])).stdout);
    expect(own.steps[1]).toMatchObject({
      status: 'skipped',
      note: expect.stringContaining('already'),
    });
    expect(await git(project, 'rev-list', '--all')).toBe('');

    await git(cwd, 'init', '--quiet');
    const { stdout } = await run(cwd, ['other', '--yes', '--no-install', '--json']);
    expect(JSON.parse(stdout).steps[1]).toMatchObject({ note: expect.stringContaining('inside') });
    expect(listing(join(cwd, 'other'))).not.toContain('.git');
  });

  test('that fails is told with the command, and is not fatal', async () => {
    const { folder, create } = scene();
    stubProgram(folder, 'git', 'echo "fatal: no luck" >&2; exit 128');
    const { exitCode, stdout } = await create(['--no-install']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('There is no first commit: fatal: no luck');
    expect(stdout).toContain('git init && git add --all && git commit');
  });
});
