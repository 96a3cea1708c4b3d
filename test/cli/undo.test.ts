import { describe, expect, test } from 'vitest';
import { makeProject } from './support/project.ts';

/** What the mend of a conflict offers, by what stands before it. */
function offered(stderr: string): Readonly<Record<string, readonly string[]>> {
  const rows = [...stderr.matchAll(/^ +([^:\n]+): +npx create-secure-express@\S+ (.*)$/gm)];
  return Object.fromEntries(rows.map(([, what = '', line = '']) => [what, line.split(' ')]));
}

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
