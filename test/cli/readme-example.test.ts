import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { bin, quietEnvironment, sandbox } from './support/program.ts';

/** Numbers change with the templates, and spaces with the numbers. */
const plain = (line: string) => line.replace(/\d+/g, 'N').replace(/ +/g, ' ').trim();

test('what the README shows of regenerating is what happens', async () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const [, example = ''] = /```console\n([\s\S]*?)```/.exec(readme) ?? [];
  const steps = example.split(/^\$ /m).slice(1);
  expect(steps.length).toBeGreaterThan(6);

  const folder = sandbox();
  const program = join(folder, 'create-secure-express');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(program, 0o755);
  const script = steps.map((step) => `${step.split('\n')[0]}\necho "LEFT WITH $?"\n`).join('');
  const environment = quietEnvironment(folder);
  const { stdout } = await execa('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd: folder,
    env: { ...environment, PATH: `${folder}:${environment.PATH}` },
    extendEnv: false,
  });
  const said = stdout.split(/^LEFT WITH \d+$/m);
  for (const [index, step] of steps.entries()) {
    const lines = said[index]?.split('\n').map(plain) ?? [];
    for (const expected of step.split('\n').slice(1).filter(Boolean).map(plain)) {
      expect(
        lines.some((line) => line.startsWith(expected)),
        `${step}\n${said[index]}`,
      ).toBe(true);
    }
  }
});
