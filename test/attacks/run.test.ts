import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createRelay,
  type Server as NetServer,
} from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/attacks/attack.ts';
import { isFine } from '../../src/attacks/report.ts';
import { renderProject } from '../../src/render/project.ts';
import { labFolder, layOut } from '../matrix/lab/lab.ts';
import { run } from '../support/run.ts';
import { ProcessBench } from './lab/bench.ts';
import { makeProject, type Project } from './lab/project.ts';
import { VARIANTS } from './lab/variants.ts';
import { change } from './sabotage/mutation.ts';
import { MUTATIONS } from './sabotage/mutations.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('npm run attack', () => {
  let project: Project;
  let bench: ProcessBench;
  let manifest: string;
  let folder: string;

  beforeAll(async () => {
    project = await makeProject('attacked-by-command', VARIANTS['both-es256']);
    bench = new ProcessBench(project);
    folder = await labFolder('attack-command');
    manifest = join(folder, 'manifest.json');
    await writeFile(manifest, JSON.stringify({ version: '0', answers: VARIANTS['both-es256'] }));
  });
  afterAll(() => bench.stop());

  const attack = (...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'test/attacks/run.ts', ...args], ROOT);

  test('a sound server: 0, and without leave nothing is disturbed', async () => {
    const target = await bench.start({});
    const before = await target.storage?.rows();
    const { exitCode, output } = await attack('--url', target.url.href, '--answers', manifest);
    expect(output).toMatch(/ok\s+34 /);
    expect(output).toMatch(/\?\s+1 .*\n.*--disturb/);
    expect(output).toMatch(/part\s+39 .*\n.*only what leaves no trace.*--disturb/);
    expect(exitCode).toBe(0);
    expect(await target.storage?.rows()).toEqual(before);
  });

  test('the doctor finds nothing against a sound server and its project', async () => {
    const target = await bench.start({});
    const before = await target.storage?.rows();
    const made = await labFolder('doctored');
    await layOut(await renderProject(VARIANTS['both-es256']), made);
    const args = ['doctor', '--cwd', made, '--url', target.url.href, '--json'];
    const { exitCode, output } = await run(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', ...args],
      ROOT,
    );
    const report = JSON.parse(output);
    expect(report).toMatchObject({ ok: true, findings: [] });
    expect(report.looked.server).toMatch(/^\d+ attacks/);
    expect(exitCode).toBe(0);
    expect(await target.storage?.rows()).toEqual(before);
  });

  test('without leave, a server whose defences are out is found unsafe all the same', async () => {
    const weak = new ProcessBench(
      await makeProject('weak-by-command', VARIANTS['both-es256'], [
        ...WEAKENED.flatMap(({ edits }) => edits),
        change('src/app.ts', 'app.disable("x-powered-by");', ''),
        change('src/app.ts', 'app.use(csrf(log, isAllowedOrigin));', ''),
        change('src/app.ts', 'app.use(securityHeaders());', SERVES_SETTINGS),
      ]),
    );
    const { url, storage } = await weak.start({});
    const before = await storage?.rows();
    const args = ['--url', url.href, '--answers', manifest, '--json'];
    const { exitCode, output } = await attack(...args);
    const after = await storage?.rows();
    await weak.stop();
    expect(after).toEqual(before);
    const { results } = JSON.parse(output);
    const unsafe = results.filter((one: Result) => one.outcome.status === 'unsafe');
    expect(unsafe.map((one: Result) => one.attack.id)).toEqual([
      28, 29, 30, 31, 33, 37, 39, 40, 41, 42, 48, 61, 63,
    ]);
    expect(exitCode).toBe(4);
  });

  test.each([
    ['a sound server', [], []],
    [
      'one that verifies no signature',
      MUTATIONS.filter(({ attack, variant }) => attack === 2 && variant === 'jwt-hs256'),
      [2, 4, 8],
    ],
  ] as const)(
    'with the environment, tokens are forged without an account: %s',
    async (_what, mutations, found) => {
      const answers = VARIANTS['jwt-hs256'];
      const edits = mutations.flatMap((mutation) => mutation.edits);
      const own = new ProcessBench(await makeProject('forged-by-visitors', answers, edits));
      const { url, settings, storage } = await own.start({});
      const before = await storage?.rows();
      const [env, file] = [join(folder, 'visitors.env'), join(folder, 'visitors.json')];
      await writeFile(env, `JWT_SECRETS=${settings?.JWT_SECRETS}`);
      await writeFile(file, JSON.stringify({ version: '0', answers }));
      const args = ['--url', url.href, '--answers', file, '--env', env, '--json'];
      const { output } = await attack(...args);
      const after = await storage?.rows();
      await own.stop();
      expect(after).toEqual(before);
      const { results } = JSON.parse(output);
      const statuses = (status: string) =>
        results.flatMap((one: Result) => (one.outcome.status === status ? one.attack.id : []));
      expect(statuses('unsafe')).toEqual(expect.arrayContaining([...found]));
      if (found.length > 0) return;
      expect(results.filter((one: Result) => !isFine(one))).toEqual([]);
      const byTokens = [1, 2, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15];
      expect(statuses('safe in part')).toEqual(expect.arrayContaining(byTokens));
    },
  );

  test('with the environment and leave to disturb, tokens are forged', async () => {
    const target = await bench.start({});
    const env = join(folder, '.env');
    const lines = Object.entries(target.settings ?? {}).map(([name, value]) => `${name}=${value}`);
    await writeFile(env, lines.join('\n'));
    const { exitCode, output } = await attack(
      // By the name that people write; that limits for each address do not mix shows that it has addresses.
      ...['--url', target.url.href.replace('127.0.0.1', 'localhost'), '--answers', manifest],
      ...['--env', env, '--disturb', '--json'],
    );
    const report = JSON.parse(output.slice(output.indexOf('{')));
    expect(report.safe).toBe(true);
    const status = (id: number) =>
      report.results.find((result: { attack: { id: number } }) => result.attack.id === id).outcome
        .status;
    expect([8, 9, 10, 11].map(status)).toEqual(['safe', 'safe', 'safe', 'safe']);
    expect([49, 51].map(status)).toEqual(['safe', 'safe']);
    expect(status(62)).toBe('not tried');
    const [forged] = report.results.filter((one: Result) => one.attack.id === 8);
    expect(forged.looks).toBeGreaterThan(10);
    expect(forged.sample).toMatchObject({
      what: 'exp a minute ago',
      sent: expect.stringMatching(/^GET \/auth\/sessions \{Authorization: Bearer /),
      got: expect.stringMatching(/^401 /),
      expected: '401',
    });
    expect(exitCode).toBe(0);
  });

  test('where all attacks come from one address, they leave each other enough of it', async () => {
    const target = await bench.start({});
    const relay = await relayTo(target.url);
    const { port } = relay.address() as AddressInfo;
    const args = ['--url', `http://[::1]:${port}`, '--answers', manifest, '--disturb', '--json'];
    const { exitCode, output } = await attack(...args);
    relay.close();
    const { results } = JSON.parse(output);
    const outcome = (id: number) =>
      results.find((one: Result) => one.attack.id === id).outcome as Result['outcome'];
    expect(results.filter((one: Result) => !isFine(one))).toEqual([]);
    expect([46, 50, 53].map((id) => outcome(id).status)).toEqual(['safe', 'safe', 'safe']);
    expect(outcome(42)).toMatchObject({
      status: 'safe in part',
      why: expect.stringContaining('several client'),
    });
    expect(outcome(51)).toMatchObject({ status: 'not tried', broken: false });
    expect(exitCode).toBe(0);
  });

  test('a server that lets everybody read: 4, with what was sent and what came back', async () => {
    const server = await careless();
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const { exitCode, output } = await attack('--url', url, '--answers', manifest);
    server.close();
    expect(output).toMatch(/FOUND\s+34 [\s\S]*sent[\s\S]*Origin: https:\/\/evil\.example/);
    expect(exitCode).toBe(4);
  });

  test.each([
    [['--url', 'http://192.0.2.1:3000'], /not this machine[\s\S]*--allow-host 192\.0\.2\.1/],
    [['--url', 'https://example.com', '--allow-host', 'example.org'], /not this machine/],
    [['--url', 'http://127.0.0.1.example.com'], /not this machine/],
    [['--url', 'file:///etc/passwd'], /not http/],
    [['--url', 'nonsense'], /no address/],
    [[], /no address/],
    [['--url', 'http://127.0.0.1:9'], /Nobody answers/],
    [['--url', 'http://127.0.0.1:9', '--answers', '/nowhere.json'], /cannot be read/],
    [['--disturbed'], /Unknown option/],
  ])('%j is refused with 2', async (args, message) => {
    const answers = args.includes('--answers') ? [] : ['--answers', manifest];
    const { exitCode, output } = await attack(...args, ...answers);
    expect(output).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

/** Mutations that fit into one server, of those that a visitor can notice. */
const WEAKENED = [
  'JSON by whatever name',
  'no Vary',
  'no no-store',
  '401 without a challenge',
  'bodies of 5 MB',
].map((wanted) => MUTATIONS.find(({ name }) => name === wanted) ?? expect.fail(wanted));

const SERVES_SETTINGS = `app.get("/.env", (_req, res) => {
    res.sendFile(".env", { root: process.cwd(), dotfiles: "allow" });
  });`;

/** A place of IPv6, where a client has one address, whose connections all end at a server. */
async function relayTo({ hostname, port }: URL): Promise<NetServer> {
  const relay = createRelay((socket) => {
    const onward = connect(Number(port), hostname);
    for (const end of [socket, onward]) end.on('error', () => {});
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, '::1', resolve));
  return relay;
}

/** Reflects every origin, with credentials. */
async function careless(): Promise<Server> {
  const server = createServer((req, res) => {
    res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*');
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    res.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
