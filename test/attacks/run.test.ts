import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import { labFolder, layOut } from '../matrix/lab/lab.ts';
import { run } from '../support/run.ts';
import { ProcessBench } from './lab/bench.ts';
import { makeProject, type Project } from './lab/project.ts';
import { VARIANTS } from './lab/variants.ts';

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

  test('with the environment and leave to disturb, tokens are forged', async () => {
    const target = await bench.start({});
    const env = join(folder, '.env');
    const lines = Object.entries(target.settings ?? {}).map(([name, value]) => `${name}=${value}`);
    await writeFile(env, lines.join('\n'));
    const { exitCode, output } = await attack(
      ...['--url', target.url.href, '--answers', manifest, '--env', env, '--disturb', '--json'],
    );
    const report = JSON.parse(output.slice(output.indexOf('{')));
    expect(report.safe).toBe(true);
    const status = (id: number) =>
      report.results.find((result: { attack: { id: number } }) => result.attack.id === id).outcome
        .status;
    expect([8, 9, 10, 11].map(status)).toEqual(['safe', 'safe', 'safe', 'safe']);
    expect(status(62)).toBe('not tried');
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
