import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputFileSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import { listing, QUIET, type Run, run, sandbox } from './support/program.ts';

const faults = fileURLToPath(new URL('./support/faults.mjs', import.meta.url));

/** A run to which something happens at one step on the disk; see faults.mjs. */
function runWithFault(cwd: string, fault: string): Promise<Run> {
  return run(cwd, ['my-api', ...QUIET], { node: ['--import', faults], env: { FAULT: fault } });
}

interface Scene {
  readonly prepare: (cwd: string) => void;
  /** How many steps at the end change what is outside the work directory. */
  readonly placing: number;
}

const scenes: { readonly [name: string]: Scene } = {
  'a target that is absent': { prepare: () => {}, placing: 5 },
  'a target that exists': {
    prepare(cwd) {
      outputFileSync(join(cwd, 'my-api', 'README.md'), 'mine');
      mkdirSync(join(cwd, 'my-api', '.git'));
    },
    placing: 40,
  },
};

describe.each(Object.entries(scenes))('into %s', (_, scene) => {
  test('killed at any moment, the next run puts it right', async () => {
    await atEachMoment(scene, 'kill', 1, async ({ cwd, struck, whole }) => {
      expect(struck.signal).toBe('SIGKILL');
      const again = await run(cwd, ['my-api', ...QUIET]);
      // Either the old state, and the project is made now; or the new one was reached, and is left alone.
      expect([0, 3]).toContain(again.exitCode);
      expect(listing(cwd)).toEqual(whole);
    });
  });

  test.each([
    ['sigint', 1],
    ['sigterm', 3],
  ])('%s at any moment leaves nothing, or all of it', async (fault, every) => {
    const codes = new Set<number | undefined>();
    await atEachMoment(scene, fault, every, ({ cwd, struck, before, whole }) => {
      codes.add(struck.exitCode);
      expect([0, 130]).toContain(struck.exitCode);
      expect(listing(cwd)).toEqual(struck.exitCode === 0 ? whole : before);
    });
    expect(codes).toContain(130);
  });

  test.each([
    ['ENOSPC', 1],
    ['EIO', 3],
  ])('%s at any moment leaves nothing, and says so', async (fault, every) => {
    await atEachMoment(scene, fault, every, ({ cwd, struck, before, whole }) => {
      // The very last steps only clear away.
      if (struck.exitCode === 0) return expect(listing(cwd).filter(isProject)).toEqual(whole);
      expect(struck.exitCode).toBe(fault === 'ENOSPC' ? 2 : 1);
      expect(struck.stderr).toContain(fault === 'ENOSPC' ? 'disk that is full' : 'failed');
      expect(listing(cwd)).toEqual(before);
    });
  });
});

function isProject(path: string): boolean {
  return !path.includes('secure-express-');
}

interface Moment {
  readonly cwd: string;
  readonly struck: Run;
  readonly before: readonly string[];
  readonly whole: readonly string[];
}

/** Runs it once for each moment, or for every nth one, with the fault at that moment, and hands what is there then to `check`. */
async function atEachMoment(
  { prepare, placing }: Scene,
  fault: string,
  every: number,
  check: (moment: Moment) => unknown,
): Promise<void> {
  const folder = sandbox();
  const arrange = (name: string) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    prepare(cwd);
    return cwd;
  };
  const undisturbed = arrange('undisturbed');
  const before = listing(undisturbed);
  const counted = await runWithFault(undisturbed, 'kill:0:count');
  const steps = Number(/STEPS (\d+)/.exec(counted.stderr)?.[1]);
  expect(steps).toBeGreaterThan(50);
  const whole = listing(undisturbed);
  expect(whole.length).toBeGreaterThan(before.length + 10);

  const moments = momentsOf(steps, placing).filter((_, index) => index % every === 0);
  expect(moments.length).toBeGreaterThan(2);
  const queue = moments.values();
  const work = async () => {
    for (const step of queue) {
      const cwd = arrange(`${step}`);
      const struck = await runWithFault(cwd, `${fault}:${step}`);
      await check({ cwd, struck, before, whole });
    }
  };
  await Promise.all([work(), work(), work()]);
}

/** The first moments, those in which things change hands, and some of the long middle. */
function momentsOf(steps: number, placing: number): readonly number[] {
  const all = Array.from({ length: steps }, (_, index) => index + 1);
  return all.filter((step) => step <= 4 || step > steps - placing || step % 29 === 0);
}

test.each(Object.entries(scenes))(
  'two runs at once into %s: one makes it, the other is told',
  async (_, scene) => {
    for (let round = 0; round < 5; round++) {
      const cwd = sandbox();
      scene.prepare(cwd);
      const runs = await Promise.all([
        run(cwd, ['my-api', ...QUIET]),
        run(cwd, ['my-api', ...QUIET]),
      ]);
      expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 3]);
      expect(listing(cwd).filter((path) => !isProject(path))).toEqual([]);
      expect(listing(cwd)).toContain('my-api/package.json');
    }
  },
);

test('three runs at once where one was killed: one puts it right and makes it, the others are told', async () => {
  const { prepare } = scenes['a target that exists'] ?? expect.fail();
  const counted = sandbox();
  prepare(counted);
  const steps = Number(
    /STEPS (\d+)/.exec((await runWithFault(counted, 'kill:0:count')).stderr)?.[1],
  );
  for (let round = 0; round < 5; round++) {
    const cwd = sandbox();
    prepare(cwd);
    await runWithFault(cwd, `kill:${steps - 20 - round}`);
    expect(listing(cwd).filter((path) => !isProject(path))).not.toEqual([]);
    const runs = await Promise.all([1, 2, 3].map(() => run(cwd, ['my-api', ...QUIET])));
    expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 3, 3]);
    expect(listing(cwd)).toEqual(listing(counted));
  }
});

test('a file that someone changed after a kill is not taken away', async () => {
  const cwd = sandbox();
  scenes['a target that exists']?.prepare(cwd);
  const steps = Number(/STEPS (\d+)/.exec((await runWithFault(cwd, 'kill:0:count')).stderr)?.[1]);
  const other = sandbox();
  scenes['a target that exists']?.prepare(other);
  // A few steps before the end: some of it is in place.
  await runWithFault(other, `kill:${steps - 8}`);
  const edited = join(other, 'my-api', 'src', 'app.ts');
  expect(listing(other)).toContain('my-api/src/app.ts');
  outputFileSync(edited, 'edited since');
  expect(await run(other, ['my-api', ...QUIET])).toMatchObject({ exitCode: 3 });
  expect(readFileSync(edited, 'utf8')).toBe('edited since');
  expect(listing(join(other, 'my-api'))).toEqual(['.git', 'README.md', 'src', 'src/app.ts']);
});
