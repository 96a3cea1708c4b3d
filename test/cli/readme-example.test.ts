import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { bin, quietEnvironment, sandbox } from './support/program.ts';

/** Numbers change with the templates, and spaces with the numbers. */
const plain = (line: string) => line.replace(/\d+/g, 'N').replace(/ +/g, ' ').trim();

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].map(([, text = '']) => text);

/** A command, which may go on in lines that begin as a shell asks for them, and what is said then. */
function readStep(step: string): { readonly command: string; readonly said: readonly string[] } {
  const [first = '', ...rest] = step.split('\n');
  const more = rest.findIndex((line) => !/^>( |$)/.test(line));
  const command = [first, ...rest.slice(0, more).map((line) => line.replace(/^> ?/, ''))];
  return { command: command.join('\n'), said: rest.slice(more).filter(Boolean) };
}

test('the README shows a project, and a repo that exists', () => {
  expect(examples.map((text) => / add /.test(text))).toEqual([false, true]);
});

test.each(examples)('what the README shows is what happens: %#', async (example) => {
  const steps = example.split(/^\$ /m).slice(1).map(readStep);
  expect(steps.length).toBeGreaterThan(6);

  const folder = sandbox();
  const program = join(folder, 'bin', 'npx');
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'work'));
  writeFileSync(program, `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(program, 0o755);
  const script = steps.map(({ command }) => `${command}\necho "LEFT WITH $?"\n`).join('');
  const environment = quietEnvironment(folder);
  const { stdout } = await execa('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd: join(folder, 'work'),
    env: { ...environment, PATH: `${join(folder, 'bin')}:${environment.PATH}` },
    extendEnv: false,
  });
  const said = stdout.split(/^LEFT WITH \d+$/m);
  for (const [index, step] of steps.entries()) {
    const lines = said[index]?.split('\n').map(plain).filter(Boolean) ?? [];
    // Of what the program says, a part is shown; of what the shell says, all.
    if (!step.command.startsWith('npx ')) expect(lines).toEqual(step.said.map(plain));
    for (const expected of step.said.map(plain)) {
      expect(
        lines.some((line) => line.startsWith(expected)),
        `${step.command}\n${said[index]}`,
      ).toBe(true);
    }
  }
});
