import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json' with { type: 'json' };
import { listing, QUIET, run, sandbox } from './support/program.ts';

describe('a project', () => {
  test('is written, and what to type next is told', async () => {
    const cwd = sandbox();
    const { exitCode, stdout, stderr } = await run(cwd, ['my-api', ...QUIET]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/Wrote \d+ files in [\d.]+ m?s/);
    expect(stdout).toMatch(/Next\n {2}cd my-api\n {2}npm install\n {2}npm run dev\n/);
    // Nothing but what to do now stands at the end.
    expect(stdout.split('\nNext\n')[1]?.split('\n').length).toBeLessThan(10);
    expect(stdout.indexOf('The same project again')).toBeLessThan(stdout.indexOf('\nNext\n'));
    expect(listing(cwd).filter((path) => path.includes('secure-express-'))).toEqual([]);
  });

  test.each([
    ['npm', 'npm test'],
    ['bun', 'bun run test'],
  ])('of %s says where it listens, and what to try, as its README does', async (name, command) => {
    const cwd = sandbox();
    const { stdout } = await run(cwd, ['my-api', ...QUIET, '--package-manager', name]);
    const readme = readFileSync(join(cwd, 'my-api', 'README.md'), 'utf8');
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(readme) ?? [];
    const [account] = /\{"email".*?\}/.exec(readme) ?? [];
    expect(stdout).toContain(`  ${command}\n`);
    expect(stdout).toContain(`-d '${account}' ${address}/auth/register`);
    expect(JSON.parse(account ?? '')).toHaveProperty('password');
  });

  test('has a .env of its own: 0600, different each time, and never printed', async () => {
    const cwd = sandbox();
    const outputs = await Promise.all([
      run(cwd, ['one', ...QUIET, '--json']),
      run(cwd, ['two', ...QUIET]),
      run(cwd, ['three', ...QUIET, '--dry-run', '--json']),
    ]);
    const [one, two] = ['one', 'two'].map((name) => readFileSync(join(cwd, name, '.env'), 'utf8'));
    expect(one).not.toBe(two);
    expect(statSync(join(cwd, 'one', '.env')).mode & 0o777).toBe(0o600);
    const secrets = [...`${one}${two}`.matchAll(/^\w+_(?:SECRETS|KEYS)=(\S+)$/gm)].map(
      ([, value]) => value,
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const { stdout, stderr } of outputs) {
      for (const secret of secrets) expect(`${stdout}${stderr}`).not.toContain(secret);
      expect(stdout).not.toContain('sha');
    }
  });

  test('from elsewhere is made again from here', async () => {
    const cwd = sandbox();
    mkdirSync(join(cwd, 'docs'));
    const { stdout } = await run(cwd, ['.', '--cwd', 'docs', ...QUIET, '--json']);
    expect(JSON.parse(stdout).reproduce).toContain(' . --cwd docs --no-git');
  });

  test('honours the umask', async () => {
    const cwd = sandbox();
    const loader = 'data:text/javascript,process.umask(0o077)';
    await run(cwd, ['my-api', ...QUIET], { node: ['--import', loader] });
    expect(statSync(join(cwd, 'my-api', 'package.json')).mode & 0o777).toBe(0o600);
  });
});

describe('--dry-run', () => {
  test('writes nothing, and lists the same files that a run writes', async () => {
    const cwd = sandbox();
    const dry = JSON.parse((await run(cwd, ['my-api', '--yes', '--dry-run', '--json'])).stdout);
    expect(listing(cwd)).toEqual([]);
    expect(dry).toMatchObject({ ok: true, dryRun: true, steps: [] });
    const wet = JSON.parse((await run(cwd, ['my-api', ...QUIET, '--json'])).stdout);
    expect(wet.changes).toEqual(dry.changes);
    const files = listing(join(cwd, 'my-api')).filter((path) =>
      statSync(join(cwd, 'my-api', path)).isFile(),
    );
    expect(dry.changes.map(({ path }: { path: string }) => path).sort()).toEqual(files);
  });

  test('tells people too', async () => {
    const { stdout } = await run(sandbox(), ['my-api', '--yes', '--dry-run']);
    // The answers and what they cost, then the files by folder.
    expect(stdout).toMatch(/Database +SQLite, embedded\n +one file, nothing to run/);
    expect(stdout).toMatch(/\d+ files would be written to my-api\n/);
    expect(stdout).toMatch(/^ {2}src\/database\/\n {4}busy\.ts client\.ts schema\.ts/m);
    expect(stdout).toContain('Nothing was written.');
    expect(stdout.split('\n').every((line) => line.length < 80)).toBe(true);
  });
});

describe('--json', () => {
  test('is one document that says everything', async () => {
    const cwd = sandbox();
    const { exitCode, stdout } = await run(cwd, ['my-api', ...QUIET, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      command: 'create',
      dryRun: false,
      directory: join(cwd, 'my-api'),
      answers: {
        name: 'my-api',
        auth: 'session',
        sessionStore: 'database',
        hash: 'argon2id',
        database: 'sqlite',
        corsOrigins: [],
        helmet: 'strict',
        testRunner: 'vitest',
        packageManager: 'npm',
        git: false,
        install: false,
      },
      changes: expect.arrayContaining([
        { change: 'create', path: 'package.json', mode: '0644', feature: expect.any(String) },
        { change: 'create', path: '.env', mode: '0600', feature: expect.any(String) },
      ]),
      steps: [
        {
          name: 'install',
          status: 'skipped',
          command: 'npm install',
          note: '--no-install',
          elapsedMs: 0,
        },
        {
          name: 'git',
          status: 'skipped',
          command: expect.any(String),
          note: '--no-git',
          elapsedMs: 0,
        },
      ],
      next: ['cd my-api', 'npm install', 'npm run dev'],
      reproduce: `npx create-secure-express@${version} my-api --no-git --no-install --yes`,
      elapsedMs: expect.any(Number),
      version,
    });
  });

  test.each([
    [['--nope'], { code: 'unknown-flag', exitCode: 2 }],
    [
      ['my-api'],
      { code: 'missing', where: '--auth --database --hash --cors --helmet', exitCode: 2 },
    ],
    [['a.txt', '--yes'], { code: 'target-not-empty', exitCode: 3 }],
    [['../x', '--yes'], { code: 'outside', exitCode: 2 }],
  ])('%j fails in one document too', async (args, error) => {
    const cwd = sandbox();
    await run(cwd, ['a.txt', ...QUIET]);
    const { exitCode, stdout } = await run(cwd, ['--json', ...args]);
    expect(exitCode).toBe(error.exitCode);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { ...error, message: expect.any(String), mend: expect.any(String) },
    });
  });
});

describe('the command that makes the same project again', () => {
  const custom =
    'strictTransportSecurity=max-age=31536000; includeSubDomains; preload,xFrameOptions=false';
  test.each([
    [[]],
    [['--auth', 'both', '--jwt-alg', 'EdDSA', '--refresh', 'body', '--revocation', 'instant']],
    [['--auth', 'jwt', '--hash', 'bcrypt', '--helmet', 'web', '--test-runner', 'node']],
    [['--cors', 'https://app.example.com,https://*.example.com', '--session-store', 'memory']],
    [['--helmet', 'custom']],
    [['--helmet', 'custom', '--helmet-headers', custom]],
    [
      [
        '--helmet',
        'custom',
        '--helmet-headers',
        '{"permissionsPolicy":"camera=(self \\"https://a.b\\"), usb=()"}',
      ],
    ],
    [['--name', '@acme/other-name', '--package-manager', 'bun']],
  ])('is exact for %j', async (flags) => {
    const first = await reproduced(['my-api', ...flags, ...QUIET]);
    // A shell takes it apart, as it will when a person pastes it.
    const { stdout } = await execa('sh', ['-c', `printf '%s\\0' ${first.reproduce}`]);
    const [npx, program, ...args] = stdout.split('\0').slice(0, -1);
    expect([npx, program]).toEqual(['npx', `create-secure-express@${version}`]);
    const second = await reproduced(args);
    expect(second.answers).toEqual(first.answers);
    expect(second.reproduce).toBe(first.reproduce);
  });

  async function reproduced(args: readonly string[]) {
    const { stdout } = await run(sandbox(), [...args, '--json', '--dry-run']);
    return JSON.parse(stdout);
  }
});

describe('the package manager', () => {
  test.each([
    ['npm/10.9.0 node/v22.1.0 linux x64 workspaces/false', 'npm'],
    ['pnpm/10.1.0 npm/? node/v22.1.0 linux x64', 'pnpm'],
    ['yarn/4.5.0 npm/? node/v22.1.0 linux x64', 'yarn'],
    ['bun/1.2.0 npm/? node/v22.1.0 linux x64', 'bun'],
    ['deno/2.0.0', 'npm'],
    ['__proto__/1', 'npm'],
    [undefined, 'npm'],
  ])('that ran us is used: %s', async (npm_config_user_agent, expected) => {
    const env = { npm_config_user_agent };
    const { stdout } = await run(sandbox(), ['my-api', '--yes', '--dry-run', '--json'], { env });
    expect(JSON.parse(stdout).answers.packageManager).toBe(expected);
  });
});

test('an answers file makes what the schema describes', async () => {
  const cwd = sandbox();
  const { stdout } = await run(cwd, ['options', '--json']);
  const { properties } = JSON.parse(stdout);
  const defaults = Object.fromEntries(
    Object.entries<{ default?: unknown }>(properties)
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name, property.default]),
  );
  const { jwtAlgorithm, refreshTransport, revocation, helmetHeaders, ...applying } = defaults;
  expect({ jwtAlgorithm, refreshTransport, revocation, helmetHeaders }).toMatchObject({
    jwtAlgorithm: 'HS256',
    helmetHeaders: { xFrameOptions: 'DENY' },
  });
  writeFileSync(join(cwd, 'answers.json'), JSON.stringify(applying));
  const made = await run(cwd, ['my-api', '--answers', 'answers.json', '--dry-run', '--json']);
  expect(JSON.parse(made.stdout).answers).toMatchObject(applying);
});
