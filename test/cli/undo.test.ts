import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { sandbox } from './support/program.ts';
import { makeProject, Project } from './support/project.ts';

/** What the mend of a conflict offers, by what stands before it. */
function offered(stderr: string): Readonly<Record<string, readonly string[]>> {
  const rows = [...stderr.matchAll(/^ +([^:\n]+): +npx create-secure-express@\S+ (.*)$/gm)];
  return Object.fromEntries(rows.map(([, what = '', line = '']) => [what, line.split(' ')]));
}

const SAFE = 'Safe with any database';
const UNUSED = 'Where no server has run since';

describe('--undo', () => {
  test('brings back what was there, and another what was done', async () => {
    const project = await makeProject();
    project.edit('src/config.ts', (text) => `${text}// mine\n`);
    const before = project.state();
    expect(await project.regenerate('--helmet', 'web')).toMatchObject({ exitCode: 0 });
    const after = project.state();
    const undone = await project.regenerate('--undo');
    expect(undone).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /The same once more: npx create-secure-express@\S+ regenerate --undo/,
      ),
    });
    expect(project.state()).toEqual(before);
    expect(await project.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect(project.state()).toEqual(after);
  });

  test('leaves what was edited since, or replaces it, as one says', async () => {
    const project = await makeProject();
    const before = project.state();
    await project.regenerate('--helmet', 'web');
    const path = 'src/security/headers.ts';
    project.edit(path, (text) => `${text}// since\n`);
    const after = project.state();
    const refused = await project.regenerate('--undo', '--on-conflict', 'merge');
    expect(refused.exitCode).toBe(3);
    expect(project.state()).toEqual(after);
    const [keep = [], theirs = []] = Object.values(offered(refused.stderr));
    expect([keep.at(-1), theirs.at(-1)]).toEqual(['keep', 'theirs']);

    expect(await project.run(...theirs)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/update +src\/security\/headers.ts +with what you had edited/),
    });
    expect(project.state()).toEqual(before);
    expect(await project.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect(project.state()).toEqual(after);
    project.edit(path, (text) => `${text}// and again\n`);
    const edited = project.read(path);
    expect(await project.run(...keep)).toMatchObject({ exitCode: 0 });
    expect(project.state()).toEqual({ ...before, [path]: edited });
  });
});

describe('--undo of what a database may hold', () => {
  const scene = async () => {
    const project = await makeProject('--auth', 'both', '--hash', 'bcrypt');
    const before = project.state();
    await project.regenerate('--auth', 'session', '--hash', 'argon2id');
    return { project, before, after: project.state() };
  };
  const MIGRATION = 'migrations/0001_secure_express.sql';

  test.each(['', '--yes', '--dry-run', '--on-conflict keep', '--on-conflict merge'])(
    'is refused, with the way to the former answers: %s',
    async (flags) => {
      const { project, after } = await scene();
      const { exitCode, stdout, stderr } = await project.regenerate(
        '--undo',
        ...flags.split(' ').filter(Boolean),
      );
      expect({ exitCode, stderr }).toEqual({
        exitCode: 3,
        stderr: expect.stringContaining(`"${MIGRATION}", "src/auth/argon2id.ts"`),
      });
      expect(stdout).toMatch(/conflict migrations\/0001\S+ +a database may have run it already/);
      expect(stdout).toMatch(/conflict src\/auth\/argon2id.ts +passwords may be hashed by it/);
      expect(offered(stderr)).toEqual({
        [SAFE]: 'regenerate --no-install --auth both --hash bcrypt'.split(' '),
        [UNUSED]: 'regenerate --no-install --undo --on-conflict theirs'.split(' '),
      });
      expect(project.state()).toEqual(after);
    },
  );

  test('for programs too', async () => {
    const { project } = await scene();
    expect(await project.json('regenerate', '--undo')).toMatchObject({
      error: {
        code: 'used-since',
        where: `${MIGRATION} src/auth/argon2id.ts`,
        mend: expect.stringContaining('--auth both --hash bcrypt'),
      },
    });
  });

  test('says that theirs takes edits with it', async () => {
    const { project } = await scene();
    project.edit('README.md', (text) => `${text}Mine.\n`);
    const { stderr } = await project.regenerate('--undo', '--on-conflict', 'keep');
    expect(Object.keys(offered(stderr))).toEqual([SAFE, `${UNUSED} (your edits since go too)`]);
  });

  test('goes forward instead, behind what was run', async () => {
    const { project, after } = await scene();
    const { [SAFE]: safe = [] } = offered((await project.regenerate('--undo')).stderr);
    expect(await project.run(...safe)).toMatchObject({ exitCode: 0 });
    expect(project.read(MIGRATION)).toBe(after[MIGRATION]);
    expect(project.read('migrations/0002_secure_express.sql')).toContain('secret_hash');
    expect(project.read('src/server.ts')).toContain('bcrypt(), [argon2id()]');
  });

  test('is done where a person says that no server has run, and says so', async () => {
    const { project, before, after } = await scene();
    const { [UNUSED]: unused = [] } = offered((await project.regenerate('--undo')).stderr);
    const { exitCode, stdout } = await project.run(...unused);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/delete +migrations\/0001\S+ +a database may have run it already/);
    // What was installed is for what is gone.
    expect(stdout).toMatch(/\nNext\n {2}npm install\n/);
    // Secrets that were added stay: they are nobody's to lose.
    expect({ ...project.state(), '.env': '' }).toEqual({ ...before, '.env': '' });
    expect(await project.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect(project.state()).toEqual(after);
  });

  test('is not refused where the former database is another one', async () => {
    const project = await makeProject('--hash', 'bcrypt', '--database', 'sqlite');
    const before = project.state();
    await project.regenerate('--hash', 'scrypt', '--database', 'postgres');
    expect(await project.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect({ ...project.state(), '.env': '' }).toEqual({ ...before, '.env': '' });
  });

  test('is held in a repo that exists, save where the accounts go too', async () => {
    const shop = new Project(sandbox());
    outputFileSync(
      `${shop.root}/package.json`,
      '{ "type": "module", "name": "shop", "dependencies": { "express": "^5.1.0" } }',
    );
    outputFileSync(
      join(shop.root, 'app.js'),
      "import express from 'express';\n\nconst app = express();\napp.listen(3000);\n",
    );
    // Without one, nothing is left of what is taken out.
    mkdirSync(join(shop.root, '.git'));
    await shop.run('add', 'helmet', '--yes', '--no-install');
    const before = shop.state();
    await shop.run('add', 'session', '--yes', '--no-install', '--hash', 'bcrypt');
    expect(await shop.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    expect({ ...shop.state(), '.env': '' }).toEqual({ ...before, '.env': '' });
    expect(await shop.regenerate('--undo')).toMatchObject({ exitCode: 0 });
    await shop.regenerate('--auth', 'both', '--hash', 'pbkdf2');
    const after = shop.state();
    const { exitCode, stdout, stderr } = await shop.regenerate('--undo');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/conflict secure-auth\/auth\/pbkdf2.js/);
    expect(stdout).toMatch(/conflict secure-auth\/database\/migrations.js +a database may have/);
    expect(offered(stderr)[SAFE]?.slice(2)).toEqual(['--auth', 'session', '--hash', 'bcrypt']);
    expect(shop.state()).toEqual(after);
    const { [UNUSED]: unused = [] } = offered(stderr);
    expect(await shop.run(...unused)).toMatchObject({ exitCode: 0 });
    expect(shop.read('secure-auth/database/migrations.js')).not.toContain('0001_');
  });
});
