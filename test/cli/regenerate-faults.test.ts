import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeSync } from 'fs-extra/esm';
import { expect, test } from 'vitest';
import { listing, type Run, run, sandbox } from './support/program.ts';
import { makeProject, Project } from './support/project.ts';

const faults = fileURLToPath(new URL('./support/faults.mjs', import.meta.url));

/** How many moments are tried of each fault; `npm run test:all` tries so many that hardly one is left out. */
const MOMENTS = process.env.MODE === 'all' ? 200 : 15;

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  regenerate: ['regenerate', '--no-install', '--auth', 'jwt', '--hash', 'argon2id'],
  undo: ['regenerate', '--undo'],
};

/** Everything but secrets that are drawn anew in each run, and what stays for the next commit or undo. */
function stateOf(project: Project): Readonly<Record<string, string>> {
  const { '.env': env = '', ...rest } = project.state();
  return { ...rest, '.env': env.replace(/=.*/g, '=') };
}

interface Moment {
  readonly project: Project;
  readonly struck: Run;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** Runs a command once for each of some moments, with the fault at that moment, on copies of one project. */
async function atMoments(
  command: readonly string[],
  fault: string,
  check: (moment: Moment) => unknown,
): Promise<void> {
  const original = await makeProject('--hash', 'bcrypt');
  original.edit('src/app.ts', (text) => `${text}// mine\n`);
  if (command.includes('--undo')) {
    expect(await original.run(...(COMMANDS.regenerate ?? []))).toMatchObject({ exitCode: 0 });
  }
  const folder = sandbox();
  const copy = (name: string) => {
    cpSync(original.root, join(folder, name, 'api'), { recursive: true });
    return new Project(join(folder, name, 'api'));
  };
  const strike = (project: Project, at: string) =>
    run(project.root, command, { node: ['--import', faults], env: { FAULT: at } });

  const undisturbed = copy('undisturbed');
  const before = stateOf(undisturbed);
  const counted = await strike(undisturbed, 'count:0');
  const steps = Number(/STEPS (\d+)/.exec(counted.stderr)?.[1]);
  expect(steps).toBeGreaterThan(100);
  const after = stateOf(undisturbed);
  expect(after).not.toEqual(before);

  // Evenly, and each of the last, where things change hands.
  const tail = Math.floor(MOMENTS / 3);
  const even = Array.from({ length: MOMENTS - tail }, (_, index) =>
    Math.ceil(((index + 1) * (steps - tail)) / (MOMENTS - tail)),
  );
  const last = Array.from({ length: tail }, (_, index) => steps - index);
  const queue = new Set([...even, ...last]).values();
  const work = async () => {
    for (const step of queue) {
      const project = copy(`${step}`);
      const struck = await strike(project, `${fault}:${step}`);
      await check({ project, struck, before, after });
      removeSync(join(folder, `${step}`));
    }
  };
  await Promise.all([work(), work(), work()]);
}

test.each(Object.entries(COMMANDS))(
  '%s, killed at any moment: whatever runs next recovers the old state or the new one',
  { timeout: 600_000 },
  async (_, command) => {
    const seen = new Set<string>();
    await atMoments(command, 'kill', async ({ project, struck, before, after }) => {
      expect(struck.signal).toBe('SIGKILL');
      expect(await project.run('diff')).toMatchObject({ exitCode: 0 });
      const now = stateOf(project);
      const isOld = JSON.stringify(sorted(now)) === JSON.stringify(sorted(before));
      seen.add(isOld ? 'old' : 'new');
      if (!isOld) expect(now).toEqual(after);
    });
    expect(seen).toEqual(new Set(['old', 'new']));
  },
);

test.each([
  ['sigint', 130],
  ['ENOSPC', 2],
] as const)(
  'regenerate, with %s at any moment, leaves the old state or the new one',
  { timeout: 600_000 },
  async (fault, code) => {
    await atMoments(
      COMMANDS.regenerate ?? [],
      fault,
      async ({ project, struck, before, after }) => {
        expect([0, code]).toContain(struck.exitCode);
        // What could not be cleared away is cleared away by the next run.
        if (struck.exitCode === 0) await project.run('diff');
        expect(stateOf(project)).toEqual(struck.exitCode === 0 ? after : before);
      },
    );
  },
);

test('two runs at once: one does it, and the other is told or finds nothing to do', async () => {
  for (let round = 0; round < 5; round++) {
    const project = await makeProject();
    const runs = await Promise.all([1, 2].map(() => project.regenerate('--auth', 'both')));
    const codes = runs.map(({ exitCode }) => exitCode).sort();
    expect([
      [0, 3],
      [0, 0],
    ]).toContainEqual(codes);
    expect((await project.regenerate('--auth', 'both')).stdout).toContain('Nothing to change');
    expect(project.read('.env').match(/^JWT_SECRETS=/gm)).toHaveLength(1);
    expect(listing(project.root).filter((path) => /secure-express-\w/.test(path))).toEqual([]);
  }
});

function sorted(state: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));
}
