import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeProject, type Project } from './support/project.ts';

const NOTHING = { exitCode: 0, stdout: expect.stringContaining('Nothing to change') };

describe('regenerate, by the build that made the project', () => {
  test('renders nothing anew, as another build does', async () => {
    const project = await makeProject();
    // What no template makes: only whoever renders it anew finds out.
    record(project, 'src/http/problem.ts', '// Not what is rendered.\n');
    expect(await project.regenerate()).toMatchObject(NOTHING);

    project.edit('.secure-express/manifest.json', (text) =>
      text.replace(/"build": "[^"]+"/, '"build": "another"'),
    );
    const { stdout } = await project.regenerate();
    expect(stdout).toMatch(/update +src\/http\/problem.ts/);
    expect(await project.regenerate()).toMatchObject(NOTHING);
  });

  test('still takes new answers, and adds a secret that is missing', async () => {
    const project = await makeProject();
    project.edit('.env', (text) => text.replace(/^SESSION_SECRETS=.*\n/m, ''));
    expect(await project.regenerate()).toMatchObject({ exitCode: 0 });
    expect(project.read('.env')).toMatch(/^SESSION_SECRETS=.{43}$/m);
    expect(await project.regenerate('--auth', 'both')).toMatchObject({ exitCode: 0 });
    expect(project.read('src/auth/bearer.ts')).not.toBe('');
    expect(await project.regenerate()).toMatchObject(NOTHING);
  });
});

/** Puts a text on the disk as if it had been made so. */
function record(project: Project, path: string, text: string): void {
  const packed = join(project.root, '.secure-express/base.gz');
  const base = JSON.parse(gunzipSync(readFileSync(packed)).toString());
  writeFileSync(packed, gzipSync(JSON.stringify({ ...base, [path]: text })));
  project.edit(path, () => text);
}
