import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, test } from 'vitest';
import { listing, quietEnvironment, run, sandbox } from './support/program.ts';

/** Another team's repository, whose plopfile loads the packed program. */
function teamRepository(): string {
  const repository = sandbox();
  const modules = join(repository, 'node_modules');
  mkdirSync(modules);
  symlinkSync(inject('packageFolder'), join(modules, 'create-secure-express'));
  const { resolve } = createRequire(import.meta.url);
  for (const name of ['plop', 'node-plop']) {
    const main = resolve(name);
    symlinkSync(
      main.slice(0, main.lastIndexOf(join(name, '/')) + name.length),
      join(modules, name),
    );
  }
  writeFileSync(
    join(repository, 'plopfile.mjs'),
    "export default (plop) => plop.load('create-secure-express');\n",
  );
  return repository;
}

/** Runs the generator as a script does; prints what plop reports. */
async function runGenerator(repository: string, data: object) {
  const script = `
    import nodePlop from 'node-plop';
    const plop = await nodePlop('./plopfile.mjs');
    const { failures, changes } = await plop.getGenerator('secure-express').runActions(${JSON.stringify(data)});
    console.log(JSON.stringify({ failures, written: changes.at(-1)?.path }));
  `;
  const options = { cwd: repository, env: quietEnvironment(repository), extendEnv: false };
  const args = ['--input-type=module', '--eval', script];
  return execa(process.execPath, args, { ...options, reject: false });
}

test('a plopfile that loads the package makes the project that the program makes', async () => {
  const repository = teamRepository();
  const { stdout, stderr } = await runGenerator(repository, { directory: 'apps/api', auth: 'jwt' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ failures: [], written: join(repository, 'apps/api') });

  const elsewhere = sandbox();
  await run(elsewhere, ['api', '--auth', 'jwt', '--yes', '--no-install', '--no-git']);
  expect(listing(join(repository, 'apps/api'))).toEqual(listing(join(elsewhere, 'api')));
});

test.each([
  [{ directory: 'api', hsah: 'bcrypt' }, 'has no option "hsah"'],
  [{ directory: 'api', hash: 'md5' }, 'md5'],
  [{ directory: '../api' }, '..'],
  [{ auth: 'jwt' }, 'was not told the directory'],
])('the generator refuses %j and writes nothing', async (data, reason) => {
  const repository = teamRepository();
  const before = listing(repository);
  const { exitCode, stderr } = await runGenerator(repository, data);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(reason);
  expect(listing(repository)).toEqual(before);
  expect(existsSync(join(dirname(repository), 'api'))).toBe(false);
});

test('the generator leaves a target alone that is not empty', async () => {
  const repository = teamRepository();
  mkdirSync(join(repository, 'api'));
  writeFileSync(join(repository, 'api/server.js'), '');
  const { exitCode } = await runGenerator(repository, { directory: 'api' });
  expect(exitCode).toBe(1);
  expect(listing(join(repository, 'api'))).toEqual(['server.js']);
});
