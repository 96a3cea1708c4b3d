import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listing, quietEnvironment, run, sandbox } from './support/program.ts';
import { noTerminal, openTerminal } from './support/terminal.ts';

const VARIANTS: readonly (readonly string[])[] = [
  [],
  ['--auth', 'jwt', '--hash', 'bcrypt', '--cors', 'https://app.example.com'],
  ['--auth', 'both', '--jwt-alg', 'EdDSA', '--refresh', 'body', '--hash', 'scrypt'],
  ['--auth', 'jwt', '--jwt-alg', 'ES256', '--revocation', 'instant', '--hash', 'pbkdf2'],
  ['--auth', 'session', '--session-store', 'memory', '--helmet', 'web'],
  [
    '--auth',
    'both',
    '--session-store',
    'redis',
    '--database',
    'postgres',
    '--revocation',
    'instant',
  ],
  ['--auth', 'jwt', '--helmet', 'custom', '--helmet-headers', 'xFrameOptions=SAMEORIGIN'],
];

interface Report {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly part: string;
    readonly where: string;
    readonly what: string;
  }[];
  readonly notes: readonly { readonly where: string }[];
  readonly attacks?: readonly { readonly outcome: { readonly status: string } }[];
}

async function makeProject(...flags: readonly string[]): Promise<string> {
  const cwd = sandbox();
  const { exitCode, stderr } = await run(cwd, ['my-api', '--yes', '--no-install', ...flags]);
  expect([exitCode, stderr]).toEqual([0, '']);
  return join(cwd, 'my-api');
}

async function examine(cwd: string, ...flags: readonly string[]) {
  const { exitCode, stdout, stderr } = await run(cwd, ['doctor', '--json', ...flags]);
  expect(stderr).toBe('');
  return { exitCode, report: JSON.parse(stdout) as Report };
}

function edit(path: string, search: string, replace: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(search);
  writeFileSync(path, text.replace(search, replace));
}

describe('a project as it was made', () => {
  test.each(VARIANTS)('has nothing to find: %s %s %s %s %s %s %s %s', async (...flags) => {
    const project = await makeProject(...flags);
    const before = listing(project);
    expect(await examine(project)).toEqual({
      exitCode: 0,
      report: expect.objectContaining({ ok: true, findings: [], notes: [] }),
    });
    expect(listing(project)).toEqual(before);
  });

  test('without git, and without its .env, as on a server', async () => {
    const project = await makeProject('--no-git');
    expect(await examine(project)).toMatchObject({ exitCode: 0 });
    rmSync(join(project, '.env'));
    expect(await examine(project)).toMatchObject({ exitCode: 0, report: { ok: true } });
  });

  test('and with other answers since, however often', async () => {
    const project = await makeProject('--no-git');
    const renew = async (...flags: readonly string[]) =>
      expect(await run(project, ['regenerate', '--no-install', ...flags])).toMatchObject({
        exitCode: 0,
      });
    const sound = { exitCode: 0, report: { findings: [], notes: [] } };
    await renew('--auth', 'both');
    expect(await examine(project)).toMatchObject(sound);
    await renew('cors', '--cors', 'https://app.example.com');
    await renew('--session-store', 'memory');
    expect(await examine(project)).toMatchObject(sound);
    await renew('--auth', 'session');
    expect(await examine(project)).toMatchObject(sound);
    for (const path of ['0000_init.sql', 'meta/_journal.json']) {
      appendFileSync(join(project, 'migrations', path), '\n');
    }
    const { report } = await examine(project);
    expect(report.notes.map(({ where }) => where).sort()).toEqual([
      'migrations/0000_init.sql',
      'migrations/meta/_journal.json',
    ]);
  });

  test('may be edited: that is a note', async () => {
    const project = await makeProject('--no-git');
    appendFileSync(join(project, 'README.md'), '\nMore.\n');
    const routes = '// Your own routes go here: app.use("/things", auth.requireAuth, thingRoutes).';
    edit(join(project, 'src/app.ts'), routes, 'app.get("/things", (_req, res) => res.json([]));');
    const { exitCode, report } = await examine(project);
    expect(report).toMatchObject({ ok: true, findings: [] });
    expect(report.notes.map(({ where }) => where)).toEqual(['README.md', 'src/app.ts']);
    expect(exitCode).toBe(0);
  });
});

test('a number may be stricter, and is found where it is looser, or cannot be read', async () => {
  const project = await makeProject('--no-git');
  const config = join(project, 'src/config.ts');
  const limits = join(project, 'src/auth/failure-limits.ts');
  edit(config, 'seconds(30 * 60)', 'seconds(15 * 60)');
  edit(limits, 'PER_ACCOUNT = 10', 'PER_ACCOUNT = 3 + 2');
  const stricter = await examine(project);
  expect(stricter).toMatchObject({ exitCode: 0, report: { findings: [] } });
  expect(stricter.report.notes).toHaveLength(2);
  edit(config, 'seconds(15 * 60)', 'seconds(DAY)');
  edit(limits, '3 + 2', 'Number(process.env.LIMIT)');
  const { exitCode, report } = await examine(project);
  expect(report.findings.map(({ what }) => what)).toEqual([
    'it cannot be told whether more guesses at one account: “PER_ACCOUNT = 10” is gone, or not as it was',
    'an unused session lasts longer: “SESSION_IDLE_TTL: seconds(30 * 60)” says 86400 where it said 1800',
  ]);
  expect(exitCode).toBe(4);
});

describe('five faults of five kinds', () => {
  const SECRET = 'a-string-secret-at-least-256-bits-long';

  async function weaken(): Promise<string> {
    const project = await makeProject('--auth', 'both', '--cors', 'https://app.example.com');
    // A defence that is commented out.
    edit(join(project, 'src/app.ts'), '  app.use(csrf(', '  // app.use(csrf(');
    // A package with advisories.
    mkdirSync(join(project, 'node_modules/cookie'), { recursive: true });
    const cookie = JSON.stringify({ name: 'cookie', version: '0.6.0' });
    writeFileSync(join(project, 'node_modules/cookie/package.json'), cookie);
    // A secret that everybody knows.
    const env = readFileSync(join(project, '.env'), 'utf8');
    writeFileSync(
      join(project, '.env'),
      // A token that lives for a day.
      `${env.replace(/^JWT_SECRETS=.*$/m, `JWT_SECRETS=${SECRET}`)}\nACCESS_TOKEN_TTL=86400\n`,
    );
    // Secrets that every user of the machine may read.
    chmodSync(join(project, '.env'), 0o644);
    return project;
  }

  test('are all found, each once, and nothing else is', async () => {
    const { exitCode, report } = await examine(await weaken());
    expect(report.findings).toEqual([
      expect.objectContaining({ part: 'files', where: 'src/app.ts' }),
      expect.objectContaining({ part: 'dependencies', where: 'cookie 0.6.0 (node_modules)' }),
      expect.objectContaining({ part: 'secrets', where: '.env' }),
      expect.objectContaining({ part: 'secrets', where: 'JWT_SECRETS' }),
      expect.objectContaining({ part: 'settings', where: 'ACCESS_TOKEN_TTL' }),
    ]);
    for (const finding of report.findings) {
      expect(finding).toEqual(
        expect.objectContaining({
          what: expect.stringMatching(/./),
          requirement: expect.stringMatching(/ASVS|GHSA|NIST|RFC/),
          mend: expect.stringMatching(/./),
        }),
      );
    }
    expect(exitCode).toBe(4);
  });

  test('are told to people in 80 columns, without the secret', async () => {
    const { exitCode, stdout, stderr } = await run(await weaken(), ['doctor']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: '' });
    expect(stdout).toMatch(/ 5 {2}ACCESS_TOKEN_TTL\n.*is 86400; at most 600 seconds[\s\S]*Mend:/i);
    expect(stdout).toMatch(/5 findings$/);
    expect(stdout).not.toContain(SECRET);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('what else is found', () => {
  const secretOf = (project: string) =>
    /^SESSION_SECRETS=(.*)$/m.exec(readFileSync(join(project, '.env'), 'utf8'))?.[1] ?? '';

  test.each([
    [
      'a file that is gone',
      'src/security/csrf.ts',
      (project: string) => rmSync(join(project, 'src/security/csrf.ts')),
    ],
    [
      'a header that is turned off',
      'src/security/headers.ts',
      (project: string) =>
        edit(
          join(project, 'src/security/headers.ts'),
          'xFrameOptions: { action: "deny" }',
          'xFrameOptions: false',
        ),
    ],
    [
      'code that is right nowhere',
      'src/auth/bearer.ts',
      (project: string) =>
        appendFileSync(join(project, 'src/auth/bearer.ts'), 'jwt.decode("token");\n'),
    ],
    [
      'a record that was edited',
      '.secure-express/manifest.json',
      (project: string) =>
        edit(join(project, '.secure-express/manifest.json'), '"sha256": "', '"sha256": "0'),
    ],
    [
      'a record that is half gone',
      '.secure-express/base.gz',
      (project: string) => rmSync(join(project, '.secure-express/base.gz')),
    ],
    [
      'a secret that is used twice',
      'JWT_SECRETS',
      (project: string) => {
        const path = join(project, '.env');
        const text = readFileSync(path, 'utf8');
        writeFileSync(path, text.replace(/^JWT_SECRETS=.*$/m, `JWT_SECRETS=${secretOf(project)}`));
      },
    ],
    [
      'a .env that is not ignored any more',
      '.gitignore',
      (project: string) => edit(join(project, '.gitignore'), '.env\n.env.*\n', '# nothing\n'),
    ],
  ])('%s', async (_, where, plant) => {
    const project = await makeProject('--auth', 'both');
    plant(project);
    const { exitCode, report } = await examine(project);
    expect(report.findings.map((finding) => finding.where)).toContain(where);
    expect(exitCode).toBe(4);
  });

  test('a secret in a file that is committed, and a .env that is', async () => {
    const project = await makeProject();
    writeFileSync(join(project, 'deploy.sh'), `export SESSION_SECRETS=${secretOf(project)}\n`);
    const git = (...args: readonly string[]) =>
      execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: project,
        env: quietEnvironment(project),
        extendEnv: false,
      });
    await git('add', '--force', 'deploy.sh', '.env');
    await git('commit', '--message', 'oh');
    await git('rm', '--cached', '.env');
    await git('commit', '--message', 'better');
    const { report } = await examine(project);
    expect(report.findings.map(({ where }) => where)).toEqual(['.env', 'deploy.sh']);
  });
});

test('modules in a repo that was there before are looked at where they lie', async () => {
  const repo = sandbox();
  const app = [
    'import express from "express";',
    'export const app = express();',
    'app.get("/", (_req, res) => { res.send("hi"); });',
    '',
  ].join('\n');
  mkdirSync(join(repo, 'src'));
  writeFileSync(join(repo, 'src/app.ts'), app);
  const dependencies = { express: '^5.3.0', typescript: '^5.9.0' };
  writeFileSync(
    join(repo, 'package.json'),
    JSON.stringify({ name: 'host', type: 'module', dependencies }),
  );
  writeFileSync(join(repo, 'tsconfig.json'), '{"compilerOptions":{"module":"nodenext"}}');
  expect(await run(repo, ['add', 'jwt', '--yes', '--no-install'])).toMatchObject({ exitCode: 0 });
  expect(await examine(repo)).toMatchObject({ exitCode: 0, report: { findings: [] } });

  // As the module’s own examples have it.
  const mounted = join(repo, 'src/app.ts');
  edit(mounted, '{ secureAuth }', '{ getAuth, requireAuth, secureAuth }');
  appendFileSync(mounted, 'app.get("/me", requireAuth, (req, res) => res.json(getAuth(req)));\n');
  expect(await examine(repo)).toMatchObject({ exitCode: 0, report: { findings: [] } });

  writeFileSync(mounted, app);
  edit(join(repo, 'src/secure-auth/security/cookies.ts'), 'httpOnly: true,', '');
  const { report } = await examine(repo);
  expect(report.findings.map(({ where }) => where)).toEqual([
    'src/secure-auth/security/cookies.ts',
    'src/app.ts',
  ]);
  expect(report.notes).toEqual([]);
});

describe('doctor --url', () => {
  test('attacks a server that is careless, and names attack, requirement and mend', async () => {
    const project = await makeProject('--no-git');
    const { port } = (await careless()).address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const { exitCode, stdout } = await run(project, ['doctor', '--url', url]);
    expect(stdout).not.toMatch(/attack \d+ of/);
    expect(stdout).toMatch(/✖ Server +\d+ findings? \(\d+ attacks/);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /attack 34 .* Asked for by ASVS v5.0.0-3.4.2. Mend: Compare whole origins/,
    );
    expect(exitCode).toBe(4);
    const { report } = await examine(project, '--url', url);
    expect(report.attacks).toHaveLength(63);
  });

  test.skipIf(noTerminal !== undefined)('says in a terminal which attack it is at', async () => {
    const project = await makeProject('--no-git');
    const { port } = (await careless(10)).address() as AddressInfo;
    const args = ['doctor', '--url', `http://127.0.0.1:${port}`];
    const terminal = await openTerminal(project, args, { columns: 40 });
    const screen = await terminal.see(/^\S attack \d+ of \d+: .+ …/m);
    // One line that is drawn anew, and gone at the end.
    expect(screen.match(/ of \d+: /g)).toHaveLength(1);
    expect(await terminal.exitCode()).toBe(4);
    expect(await terminal.see(/findings/)).not.toMatch(/ of \d+: /);
  });

  test.each([
    [['--url', 'http://192.0.2.1:3000'], '192.0.2.1 (--url) is not this machine'],
    [['--url', 'https://example.com', '--allow-host', 'example.org'], 'is not this machine'],
    [['--url', 'http://127.0.0.1.example.com'], 'is not this machine'],
    [['--url', 'ftp://127.0.0.1'], 'is not http'],
    [['--url', 'nonsense'], '--url is no address'],
    [['--url', 'http://127.0.0.1:9'], 'Nobody answers at http://127.0.0.1:9 (--url)'],
    [['my-api'], 'one argument too many'],
    [['--cwd', 'package.json'], 'is no directory'],
    [['--cwd', 'not-there'], 'is no directory'],
    [['--auth', 'jwt'], 'means nothing to the command doctor'],
  ])('%j is refused with 2', async (args, message) => {
    const project = await makeProject('--no-git');
    const { exitCode, stdout, stderr } = await run(project, ['doctor', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('without a record there is nothing to hold against', async () => {
    const { exitCode, stderr } = await run(sandbox(), ['doctor']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no .secure-express/manifest.json');
  });
});

/** Reflects every origin, with credentials, after a while. */
async function careless(milliseconds = 0): Promise<Server> {
  const server = createServer(async (req, res) => {
    await sleep(milliseconds);
    res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*');
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    res.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}
