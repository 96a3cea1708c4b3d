import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listing, QUIET, run, sandbox } from './support/program.ts';

/** Runs it in a folder inside the sandbox, so that what escapes is seen; expects a refusal that explains itself. */
async function expectRefused(args: readonly string[], files: { [name: string]: string } = {}) {
  const outer = sandbox();
  const cwd = join(outer, 'here');
  mkdirSync(cwd);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  const before = listing(outer);
  const { exitCode, stdout, stderr } = await run(cwd, args);
  expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 2, stdout: '' });
  expect(stderr.split('\n').length).toBeGreaterThan(1);
  // What is wrong with the input must not be done to the terminal.
  expect(stderr).toMatch(/^[\n\x20-\x7e✖…]*$/);
  expect(listing(outer)).toEqual(before);
  return stderr;
}

const LONG = 'a'.repeat(215);

describe('names', () => {
  test.each([
    '../../evil',
    '../evil',
    'a/../../evil',
    '@s/../x',
    '/etc/x',
    'C:\\x',
    '..\\evil',
    'a\nb',
    '\u001b[31mred',
    'a\u0007b',
    'CON',
    'con',
    'nul.txt',
    'lpt1',
    'my-api.',
    'my-api ',
    'node_modules',
    'node_modules/x',
    '.git',
    '.git/x',
    '.GIT',
    '__proto__',
    '-rf',
    LONG,
    'MyApi',
    'my api',
    '\u202eipa-ym',
    'my\u200bapi',
    'mу-api', // a Cyrillic letter
    'ａｐｉ',
    '~',
    '.hidden',
    '_x',
    'fs',
    'x; touch P',
    '$(touch P)',
    '`touch P`',
    'a&calc',
    "a'b",
    'a"b',
    'a|b',
    '%PATH%',
  ])('the directory %j', async (name) => {
    await expectRefused(['--yes', '--no-install', '--no-git', '--', name]);
  });

  test.each([
    '@s/../x',
    '@S/x',
    'Upper',
    '../x',
    'a/b/c',
    '@/x',
    '@s/',
    '',
    LONG,
    'node_modules',
    '__proto__',
    'constructor',
    'nul.txt',
    'x.',
    '-rf',
    `$\{{ github }}`,
    '{{constructor}}',
    'x"y',
  ])('the package name %j', async (name) => {
    await expectRefused(['my-api', `--name=${name}`, ...QUIET]);
  });

  test('-rf is taken for flags, and refused as such', async () => {
    await expectRefused(['-rf', ...QUIET]);
  });

  test('a name that nearly is one is mended', async () => {
    expect(await expectRefused(['My API', ...QUIET])).toContain('Try my-api');
  });

  test('an empty directory', async () => {
    await expectRefused(['', ...QUIET]);
  });
});

describe('origins', () => {
  test.each([
    'https://a";process.exit()//',
    'https://a"',
    "https://a'b",
    `https://$\{x}`,
    'https://`x`',
    'https://a;b',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://user@app.example.com',
    'https://user:pass@app.example.com',
    'https://app.example.com:443',
    'HTTPS://app.example.com',
    'https://App.example.com',
    'https://exämple.com',
    'https://app.example.com?x',
    'https://app.example.com#x',
    'app.example.com',
    '//app.example.com',
    'ftp://app.example.com',
    'javascript:alert(1)',
    'file:///etc',
    'data:text/html,x',
    '*',
    'null',
    'https://*',
    'https://*.',
    'https://*.com',
    'https://*.example.com.',
    'https://*.example.com:8443',
    'https://*.example.com/x',
    'https://**.example.com',
    'https://*.*.example.com',
    'https://a*.example.com',
    'https://app.*.com',
    'http://*.example.com',
    'https://*.EXAMPLE.com',
    'https://*.github.io',
    'https://*.10.0.0.1',
    'https://*.a"b.com',
    '',
    'https://a.b,,https://c.d',
    'none,https://a.b',
    'https://a.b,https://a.b',
    `https://${'a'.repeat(400)}.com`,
    'https://a.b\r\nX: y',
    'https://a\tb.c',
  ])('%j', async (origin) => {
    await expectRefused(['my-api', `--cors=${origin}`, ...QUIET]);
  });

  test('51 of them', async () => {
    const origins = Array.from({ length: 51 }, (_, index) => `https://a${index}.example.com`);
    await expectRefused(['my-api', '--cors', origins.join(','), ...QUIET]);
  });

  test.each([
    'https://app.example.com',
    'http://localhost:5173',
    'https://*.example.com',
    'https://*.eu.example.com',
    'http://[::1]:3000',
    'https://xn--exmple-cua.com',
  ])('%s is fine', async (origin) => {
    const { exitCode, stdout } = await run(sandbox(), ['x', '--cors', origin, ...QUIET, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).answers.corsOrigins).toEqual([origin]);
  });

  test('one that anybody on the way can forge is warned of, and those of this machine are not', async () => {
    const args = ['x', '--cors', 'http://shop.example.com,http://localhost:5173', ...QUIET];
    const people = await run(sandbox(), args);
    expect(people.exitCode).toBe(0);
    expect(people.stdout).toContain('! http://shop.example.com is not https');
    const programs = await run(sandbox(), [...args, '--json']);
    expect(programs.stderr).toContain('http://shop.example.com is not https');
    const home = 'http://localhost:5173,http://127.0.0.1:3000,http://[::1]:3000,https://a.b';
    const { stdout } = await run(sandbox(), ['x', '--cors', home, ...QUIET]);
    expect(stdout).not.toContain('not https');
  });

  test('the flag may be repeated', async () => {
    const args = ['x', '--cors', 'https://a.b', '--cors', 'https://c.d,https://e.f', ...QUIET];
    const { stdout } = await run(sandbox(), [...args, '--json']);
    expect(JSON.parse(stdout).answers.corsOrigins).toHaveLength(3);
  });
});

describe('headers', () => {
  test.each([
    'xFrameOptions=ALLOW',
    'xFrameOptions=DENY,xFrameOptions=DENY',
    'xPoweredBy=false',
    '__proto__=false',
    'strictTransportSecurity=max-age=1; preload',
    'strictTransportSecurity=max-age=-1',
    'strictTransportSecurity=includeSubDomains',
    'strictTransportSecurity=max-age=31536000; includeSubDomains; preload; evil',
    'permissionsPolicy=a\r\nSet-Cookie: x',
    'permissionsPolicy=é',
    '{"permissionsPolicy":"a\\r\\nX: y"}',
    '{"__proto__":{"x":1}}',
    '{"xFrameOptions":{"action":"DENY"}}',
    '{"strictTransportSecurity":{"maxAge":"1"}}',
    '{"strictTransportSecurity":{"maxAge":1.5}}',
    '{"strictTransportSecurity":{"maxAge":1,"evil":true}}',
    '{"contentSecurityPolicy":true}',
    '{"xContentTypeOptions":"yes"}',
    '{bad',
    'x'.repeat(100_000),
  ])('%s', async (headers) => {
    await expectRefused(['my-api', '--helmet', 'custom', `--helmet-headers=${headers}`, ...QUIET]);
  });
});

describe('what explains itself', () => {
  test('headers go by their names on the wire, too', async () => {
    const items = 'X-Frame-Options=SAMEORIGIN,origin-agent-cluster=false';
    const args = ['x', '--helmet', 'custom', '--helmet-headers', items, ...QUIET, '--json'];
    const { answers } = JSON.parse((await run(sandbox(), args)).stdout);
    expect(answers.helmetHeaders).toMatchObject({
      xFrameOptions: 'SAMEORIGIN',
      originAgentCluster: false,
    });
    const twice = '--helmet-headers=xFrameOptions=DENY,x-frame-options=DENY';
    expect(await expectRefused(['x', '--helmet', 'custom', twice, ...QUIET])).toContain('twice');
  });

  test('every answer that cannot be used is told at once', async () => {
    const said = await expectRefused(['x', '--auth', 'jwtt', '--hash', 'md5', ...QUIET]);
    expect(said).toContain('"jwtt" is not a choice of --auth; "md5" is not a choice of --hash.');
    expect(said).toContain('--auth: Did you mean jwt?');
    expect(said).toContain('--hash: There is argon2id');
  });

  test.each([
    [['x', '--pm', 'yarn', ...QUIET], 'Did you mean --package-manager?'],
    [['', ...QUIET], 'The directory is an empty text'],
    [['x', '--answers', './no/such.json', ...QUIET], '"./no/such.json" cannot be read'],
  ])('%j', async (args, expected) => {
    expect(await expectRefused(args)).toContain(expected);
  });
});

describe('answers files', () => {
  const file = (content: string) =>
    expectRefused(['my-api', '--answers', 'a.json', ...QUIET], { 'a.json': content });

  test.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"auth":"jwt",}',
    '{"autth":"jwt"}',
    '{"__proto__":{"auth":"jwt"}}',
    '{"constructor":{}}',
    '{"auth":"jwt","auth":"session"}',
    '{"auth":"jwt","\\u0061uth":"session"}',
    '{"auth":["jwt"]}',
    '{"auth":{"toString":"jwt"}}',
    '{"auth":1}',
    '{"auth":null}',
    '{"git":"yes"}',
    '{"corsOrigins":"https://a.b"}',
    '{"corsOrigins":[["https://a.b"]]}',
    '{"corsOrigins":[1]}',
    '{"corsOrigins":{"length":1}}',
    '{"jwtAlgorithm":"HS256"}',
    '{"auth":"session","revocation":"instant"}',
    '{"database":"mysql"}',
    '{"name":"{{> x}}"}',
    '{"name":"a\\u2028b"}',
    '{"name":"a\\u0000b"}',
    '{"helmetHeaders":{}}',
    '{"helmet":"custom","helmetHeaders":["xFrameOptions"]}',
    '[[[[[[[[[[',
    `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    `"${'\\"'.repeat(30_000)}`,
    `{"name":"${'x'.repeat(70_000)}"}`,
    '\u0000',
  ])('%s', async (content) => {
    await file(content);
  });

  test('one of 100 MB is not read', async () => {
    const started = performance.now();
    expect(await file(' '.repeat(100_000_000))).toContain('larger than 64 kB');
    // Writing it takes most of this.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('one that is not there, a folder, a device', async () => {
    for (const path of ['missing.json', '.', '/dev/zero', '/dev/null']) {
      await expectRefused(['my-api', '--answers', path, ...QUIET]);
    }
  });

  test('one that disagrees with a flag', async () => {
    const args = ['my-api', '--answers', 'a.json', '--auth', 'jwt', ...QUIET];
    expect(await expectRefused(args, { 'a.json': '{"auth":"session"}' })).toContain('disagree');
  });

  test('one that is fine, and names the project', async () => {
    const cwd = sandbox();
    const answers = { $schema: 'x', name: '@acme/api', auth: 'both', corsOrigins: ['https://a.b'] };
    writeFileSync(join(cwd, 'a.json'), `\ufeff${JSON.stringify(answers)}`);
    const { exitCode, stdout } = await run(cwd, ['--answers', 'a.json', ...QUIET, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      directory: join(cwd, 'api'),
      answers: { name: '@acme/api', auth: 'both', corsOrigins: ['https://a.b'] },
    });
  });
});

describe('what is to be replaced', () => {
  test.each([
    ['helmut', 'Did you mean helmet?'],
    ['helmet,corss', 'Did you mean cors?'],
    ['', 'Write --replace helmet,cors.'],
    ['express-session', 'signed out'],
    ['passport', 'your users'],
  ])('%j', async (modules, said) => {
    expect(await expectRefused(['add', `--replace=${modules}`, '--yes'])).toContain(said);
  });

  test('in a new project, where there is nothing', async () => {
    expect(await expectRefused(['my-api', '--replace', 'helmet', ...QUIET])).toContain(
      'means nothing to the command create',
    );
  });
});
