import { describe, expect, test } from 'vitest';
import { version } from '../../package.json' with { type: 'json' };
import { listing, QUIET, run, sandbox } from './support/program.ts';

describe('what needs no project', () => {
  test.each(['--version', '-v'])('%s prints the version alone', async (flag) => {
    expect(await run(sandbox(), [flag])).toMatchObject({
      exitCode: 0,
      stdout: version,
      stderr: '',
    });
  });

  test('--help names every flag and every command', async () => {
    const { exitCode, stdout } = await run(sandbox(), ['--help']);
    expect(exitCode).toBe(0);
    const { stdout: schema } = await run(sandbox(), ['options', '--json']);
    expect(Object.keys(JSON.parse(schema).properties)).toHaveLength(16);
    for (const flag of [
      '--auth',
      '--jwt-alg',
      '--cors',
      '--helmet-headers',
      '--answers',
      '--cwd',
    ]) {
      expect(stdout).toContain(flag);
    }
    for (const command of ['add', 'regenerate', 'diff', 'remove', 'doctor']) {
      expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
    }
    // There is nothing to choose from where all is new.
    expect(stdout).not.toContain('on-conflict');
  });

  test('options explains the cost of each choice, and --help of it names its flags', async () => {
    const { stdout } = await run(sandbox(), ['options']);
    expect(stdout).toContain('a stolen access token works until it expires');
    expect((await run(sandbox(), ['options', '--help'])).stdout).toContain('options [--json]');
    // Every default is marked, and every header stands there with its values.
    expect(stdout).toMatch(/^ {4}argon2id \(default\) +memory-hard/m);
    expect(stdout).toMatch(/^ {4}none \(default\) +browsers call/m);
    expect(stdout).toMatch(/^ {4}x-frame-options +DENY \(default\) \| SAMEORIGIN \| false$/m);
    expect(stdout.match(/\(default\)$|\(default\) \|/gm)).toHaveLength(13);
  });

  test('a command offers only what means something to it, in words that can be read', async () => {
    const { stdout } = await run(sandbox(), ['--help']);
    expect(stdout).toContain('Answers, the default first');
    expect(stdout).toMatch(/--no-git +make no git repository/);
    expect(stdout).toContain('the new project lies inside it');
    const diff = await run(sandbox(), ['diff', '--help']);
    expect(diff.stdout).not.toContain('--no-install');
    for (const command of ['diff', 'doctor', 'add']) {
      expect((await run(sandbox(), [command, '--help'])).stdout).not.toContain('new project');
    }
  });

  test.each([
    [['--version', '--json'], 'version'],
    [['--help', '--json'], 'help'],
  ])('%j is one JSON document', async (args, key) => {
    const { stdout, stderr } = await run(sandbox(), args);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, [key]: expect.any(String) });
    expect(stderr).toBe('');
  });
});

describe('what is misspelt', () => {
  test.each([
    [['--ath', 'jwt'], 'Did you mean --auth?'],
    [['my-api', '--hlemet=web'], 'Did you mean --helmet?'],
    [['my-api', '--auth', 'jtw', '--yes'], 'Did you mean jwt?'],
    [['my-api', '--hash', 'argon2', '--yes'], 'Did you mean argon2id?'],
    [['optoins'], 'Did you mean options?'],
    [['my-api', '--helmet', 'custom', '--helmet-headers', 'xFrameOption=DENY'], 'xFrameOptions?'],
    [['my-api', '--package-manager', 'pnmp', '--yes'], 'Did you mean pnpm?'],
  ])('%j is answered with what was meant', async (args, mend) => {
    const cwd = sandbox();
    const { exitCode, stdout, stderr } = await run(cwd, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(mend);
    expect(listing(cwd)).toEqual([]);
  });

  test.each(['add', 'remove'])(
    'the command %s says that there is nothing to work on',
    async (command) => {
      const { exitCode, stdout, stderr } = await run(sandbox(), [command, '--json']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'no-package', exitCode: 2 });
    },
  );

  test.each([
    [['my-api', '--auth', 'session', '--jwt-alg', 'HS256', '--yes'], 'auth session issues none'],
    [['my-api', '--jwt-alg', 'HS256', '--yes'], 'auth session issues none'],
    [['my-api', '--auth', 'jwt', '--session-store', 'memory', '--yes'], 'auth jwt keeps none'],
    [['my-api', '--helmet-headers', 'xFrameOptions', '--yes'], 'helmet custom'],
    [['my-api', '--auth', 'jwt', '--auth', 'session', '--yes'], 'more than once'],
    [['my-api', '--auth', '--yes'], 'needs a value'],
    [['my-api', '--yes=no'], 'takes no value'],
    [['my-api', 'other', '--yes'], 'one argument too many'],
    [['my-api', '--on-conflict', 'theirs', '--yes'], 'a new project never does'],
    [['my-api', '--cwd', 'nowhere', '--yes'], 'is no directory'],
    [['options', '--auth', 'jwt'], 'means nothing to the command options'],
  ])('%j is refused with the reason', async (args, reason) => {
    const cwd = sandbox();
    const { exitCode, stderr } = await run(cwd, args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(listing(cwd)).toEqual([]);
  });
});

describe('without a terminal', () => {
  test('the flags that are missing are named', async () => {
    const { exitCode, stderr } = await run(sandbox(), ['my-api', '--auth', 'jwt']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      '--jwt-alg, --refresh, --revocation, --database, --hash, --cors and --helmet are missing',
    );
    expect(stderr).toContain('--yes');
  });

  test.each([[[]], [['--yes']]])('%j alone says that the directory is missing', async (args) => {
    const { exitCode, stderr } = await run(sandbox(), args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('[directory]');
  });

  test('every flag given, --yes is not needed', async () => {
    const answers = ['--auth', 'session', '--session-store', 'memory', '--hash', 'scrypt'];
    const more = ['--database', 'postgres', '--cors', 'none', '--helmet', 'web'];
    const rest = [...more, '--no-install', '--no-git'];
    expect(await run(sandbox(), ['my-api', ...answers, ...rest])).toMatchObject({ exitCode: 0 });
  });
});

describe('colour', () => {
  const CSI = '\u001b[';
  test('a pipe gets none, FORCE_COLOR asks for it, NO_COLOR wins', async () => {
    const help = async (env: NodeJS.ProcessEnv) =>
      (await run(sandbox(), ['--help'], { env })).stdout;
    expect(await help({})).not.toContain(CSI);
    expect(await help({ FORCE_COLOR: '1' })).toContain(CSI);
    expect(await help({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(CSI);
  });

  test('errors too', async () => {
    const fail = (env: NodeJS.ProcessEnv) => run(sandbox(), ['--nope'], { env });
    expect((await fail({})).stderr).not.toContain(CSI);
    expect((await fail({ FORCE_COLOR: '1' })).stderr).toContain(CSI);
  });
});

test.each([
  [['--yes']],
  [['--help']],
  [['add', '--help']],
  [['my-api', 'other', '--yes']],
  [['options', '--auth', 'jwt']],
])('what %j says to type runs where the program is not installed', async (args) => {
  const { stdout, stderr } = await run(sandbox(), args);
  const told = (stdout + stderr).match(/\S*\s*create-secure-express(?:@\S+)? [a-z[]/g) ?? [];
  expect(told).not.toEqual([]);
  expect(told.filter((words) => !words.startsWith('npx '))).toEqual([]);
});

test('a project of the name of a command is written as a path', async () => {
  const cwd = sandbox();
  expect(await run(cwd, ['./diff', ...QUIET])).toMatchObject({ exitCode: 0 });
  expect(listing(cwd)).toContain('diff/package.json');
});
