import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES } from '../host/lab/shapes.ts';
import { writeHost } from '../host/lab/write-host.ts';
import { atMoments, type Deed, isSame, leftovers, stateOf } from './support/moments.ts';
import { listing, run, sandbox } from './support/program.ts';
import { makeProject, Project } from './support/project.ts';

/** How many moments are tried of each fault; `npm run test:all` tries so many that hardly one is left out. */
const MOMENTS = process.env.MODE === 'all' ? 200 : 12;
/** In a repo that we did not make, a kill is tried at 200 moments at least. */
const KILLS_IN_HOSTS = process.env.MODE === 'all' ? 200 : 70;

const AUTH = ['--auth', 'jwt', '--hash', 'argon2id'];

/** A repo that we did not make, and in which somebody has written something since. */
async function makeHost(): Promise<Project> {
  const project = new Project(join(sandbox(), 'api'));
  const fixture = FIXTURES.find(({ name }) => name === 'ts-esm-ts-suffix-index');
  for (const [path, text] of writeHost(fixture ?? expect.fail())) {
    mkdirSync(dirname(join(project.root, path)), { recursive: true });
    writeFileSync(join(project.root, path), text);
  }
  mkdirSync(join(project.root, '.git'));
  return project;
}

/** The same with ours in it. */
async function makeAdded(): Promise<Project> {
  const project = await makeHost();
  expect(await project.run('add', '--yes', '--no-install', '--hash', 'bcrypt')).toMatchObject({
    exitCode: 0,
  });
  project.edit('src/index.ts', (text) => `${text}// mine\n`);
  return project;
}

const REGENERATE: Deed = {
  async arrange() {
    const project = await makeProject('--hash', 'bcrypt');
    project.edit('src/app.ts', (text) => `${text}// mine\n`);
    return project;
  },
  command: ['regenerate', '--no-install', ...AUTH],
};

const UNDO: Deed = {
  async arrange() {
    const project = await REGENERATE.arrange();
    expect(await project.run(...REGENERATE.command)).toMatchObject({ exitCode: 0 });
    return project;
  },
  command: ['regenerate', '--undo', '--no-install', '--on-conflict', 'theirs'],
};

const ADD: Deed = { arrange: makeHost, command: ['add', '--yes', '--no-install'] };
const REMOVE: Deed = { arrange: makeAdded, command: ['remove', '--no-install'] };
const REGENERATE_IN_HOST: Deed = { arrange: makeAdded, command: REGENERATE.command };

/** What is run next, in turn; then, as it is the quickest, always `doctor`. */
const NEXT: readonly (readonly string[])[] = [
  ['diff'],
  ['doctor'],
  ['regenerate', '--dry-run'],
  ['add', '--dry-run', '--yes'],
  ['remove', '--dry-run'],
];

test.each([
  ['regenerate', REGENERATE, MOMENTS],
  ['undo', UNDO, MOMENTS],
  ['add', ADD, KILLS_IN_HOSTS],
  ['regenerate in a host', REGENERATE_IN_HOST, KILLS_IN_HOSTS],
  ['remove', REMOVE, KILLS_IN_HOSTS],
] as const)(
  '%s, killed at any moment: whatever runs next recovers the old state or the new one',
  { timeout: 600_000 },
  async (_, deed, count) => {
    const seen = new Set<string>();
    await atMoments(deed, 'kill:@', count, async ({ project, struck, index, before, after }) => {
      expect(struck.signal).toBe('SIGKILL');
      await project.run(...(NEXT[index] ?? ['doctor']));
      const now = stateOf(project);
      const isOld = isSame(now, before);
      seen.add(isOld ? 'old' : 'new');
      if (!isOld) expect(now).toEqual(after);
      expect(leftovers(project)).toEqual([]);
    });
    expect(seen).toEqual(new Set(['old', 'new']));
  },
);

const FAULTS = [
  ['sigint', 130],
  ['ENOSPC', 2],
] as const;

test.each(
  [REGENERATE, ADD, REMOVE].flatMap((deed) =>
    FAULTS.map(([fault, code]) => [deed.command[0], fault, code, deed] as const),
  ),
)(
  '%s, with %s at any moment, leaves the old state or the new one',
  { timeout: 600_000 },
  async (_, fault, code, deed) => {
    await atMoments(deed, `${fault}:@`, MOMENTS, async ({ project, struck, before, after }) => {
      expect([0, code]).toContain(struck.exitCode);
      // What could not be cleared away is cleared away by the next run.
      if (struck.exitCode === 0) await project.run('diff');
      expect(stateOf(project)).toEqual(struck.exitCode === 0 ? after : before);
      expect(leftovers(project)).toEqual([]);
    });
  },
);

test.each([
  ['add', ADD, 'src/index.ts'],
  ['regenerate in a host', REGENERATE_IN_HOST, 'src/secure-auth/index.ts'],
  ['remove', REMOVE, 'src/secure-auth/index.ts'],
] as const)(
  '%s, with a file that vanishes in the middle: all or nothing, but for that file',
  { timeout: 600_000 },
  async (_, deed, victim) => {
    const codes = new Set<number | undefined>();
    const fault = `vanish:@:${victim}`;
    await atMoments(deed, fault, MOMENTS, async ({ project, struck, before, after }) => {
      codes.add(struck.exitCode);
      expect([0, 3]).toContain(struck.exitCode);
      await project.run('diff');
      const { [victim]: now, ...rest } = stateOf(project);
      const { [victim]: old, ...wanted } = struck.exitCode === 0 ? after : before;
      expect(rest).toEqual(wanted);
      expect([undefined, old]).toContain(now);
      expect(leftovers(project)).toEqual([]);
    });
    expect(codes).toContain(3);
  },
);

test('remove, with our folder taken away while it looks: it is told, or does what is left to do', {
  timeout: 600_000,
}, async () => {
  await atMoments(REMOVE, 'gone:@:src/secure-auth', 4 * MOMENTS, async ({ project, struck }) => {
    expect([0, 2, 3], struck.stderr).toContain(struck.exitCode);
    expect(leftovers(project)).toEqual([]);
  });
});

describe('two runs at once', () => {
  test('of regenerate: one does it, and the other is told or finds nothing to do', async () => {
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
      expect(leftovers(project)).toEqual([]);
    }
  });

  test.each([
    ['add', ADD],
    ['remove', REMOVE],
  ] as const)('of %s: one does it, and the other is told, or finds it done', async (_, deed) => {
    const undisturbed = await deed.arrange();
    expect(await undisturbed.run(...deed.command)).toMatchObject({ exitCode: 0 });
    for (let round = 0; round < 4; round++) {
      const project = await deed.arrange();
      const runs = await Promise.all([1, 2].map(() => project.run(...deed.command)));
      const codes = runs.map(({ exitCode }) => exitCode).sort();
      // A removal that begins when the other is done finds nothing that was added.
      expect([
        [0, 3],
        [0, deed === REMOVE ? 2 : 0],
      ]).toContainEqual(codes);
      expect(stateOf(project)).toEqual(stateOf(undisturbed));
      expect(leftovers(project)).toEqual([]);
    }
  });
});

test.each([
  ['add', 'the file', 'package.json', ADD, 0o444],
  ['add', 'the folder', 'src', ADD, 0o555],
  ['remove', 'the file', 'src/index.ts', REMOVE, 0o444],
  ['remove', 'the folder', 'src/secure-auth/auth', REMOVE, 0o555],
] as const)('%s, where %s %s is read-only: all is as it was', async (_, __, path, deed, mode) => {
  // Root may write anywhere.
  const somebody = process.getuid?.() === 0 ? 65534 : (process.getuid?.() ?? 0);
  const project = await deed.arrange();
  for (const name of ['.', ...listing(project.root)]) {
    chownSync(join(project.root, name), somebody, somebody);
  }
  chmodSync(dirname(project.root), 0o755);
  chmodSync(join(project.root, path), mode);
  const before = stateOf(project);
  const loader = `data:text/javascript,process.getuid() === 0 && process.setuid(${somebody})`;
  const struck = await run(project.root, deed.command, { node: ['--import', loader] });
  // Or it could not be cleared away.
  chmodSync(join(project.root, path), 0o755);
  expect(struck).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('may not be written to'),
  });
  expect(stateOf(project)).toEqual(before);
  expect(leftovers(project)).toEqual([]);
});

describe.each([
  ['add', ADD],
  ['remove', REMOVE],
] as const)('%s through a link that leads out of the repo', (_, deed) => {
  test('of a folder is refused, and nothing is written on either side', async () => {
    const project = await deed.arrange();
    const outside = new Project(join(sandbox(), 'src'));
    renameSync(join(project.root, 'src'), outside.root);
    symlinkSync(outside.root, join(project.root, 'src'));
    const before = [stateOf(project), stateOf(outside)];
    expect(await project.run(...deed.command)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('leads out'),
    });
    expect([stateOf(project), stateOf(outside)]).toEqual(before);
  });
});
