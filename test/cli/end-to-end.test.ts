import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { tryServer } from '../support/client.ts';
import { run } from '../support/run.ts';
import { startServer } from '../support/server.ts';

/** The one test that leaves nothing out: what npm would publish, with its own install, far from this repository. */
test('the packed program makes a project that installs, passes its tests, builds and runs', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'cse-end-to-end-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'my-api');
  const program = [
    'exec',
    '--yes',
    `--package=${inject('tarball')}`,
    '--',
    'create-secure-express',
  ];
  const answers = ['my-api', '--yes', '--auth=both', '--jwt-alg=EdDSA', '--package-manager=npm'];

  const steps: [args: readonly string[], cwd: string][] = [
    [[...program, ...answers], parent],
    [[...program, 'doctor'], folder],
    [['test'], folder],
    [['run', 'lint'], folder],
    [['run', 'typecheck'], folder],
    [['run', 'build'], folder],
  ];
  for (const [args, cwd] of steps) {
    const { exitCode, output } = await run('npm', args, cwd);
    expect(exitCode, output).toBe(0);
  }

  const manifest = await readFile(join(folder, '.secure-express/manifest.json'), 'utf8');
  const made = JSON.parse(manifest).answers;
  for (const mode of ['development', 'production'] as const) {
    const server = await startServer(folder, mode);
    expect(await tryServer(server.origin, made, mode === 'production')).toEqual([]);
    expect(await server.stop()).toBe(0);
  }
}, 300_000);
