import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regenerate } from '../../../src/commands/regenerate.ts';
import type { Change } from '../../../src/disk/changes.ts';
import { ConflictError } from '../../../src/errors.ts';
import { ON_CONFLICT, type OnConflict } from '../../../src/merge/on-conflict.ts';
import { addTo, filesOf, QUIET_RUNNER, removeFrom } from '../../host/lab/in-host.ts';
import { FIXTURES } from '../../host/lab/shapes.ts';
import { writeHost } from '../../host/lab/write-host.ts';
import { applyEdits, edits, type Lines, STYLES } from '../../support/user-edits.ts';

/** `npm run test:all` looks further; a run that decides about a merge looks where the last one looked. */
const RUNS = process.env.MODE === 'all' ? { numRuns: 1000 } : { numRuns: 20, seed: 4 };

let folder: string;
const hosts = new Map<string, string>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-edits-'));
  for (const name of ['ts-esm-ts-suffix-index', 'js-commonjs-root']) {
    const root = join(folder, name);
    for (const [path, text] of writeHost(
      FIXTURES.find((one) => one.name === name) ?? expect.fail(),
    )) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    mkdirSync(join(root, '.git'));
    await addTo(root, { hash: 'bcrypt' });
    hosts.set(name, root);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What somebody does to a package.json, by its keys: by line it would hardly ever be one afterwards. */
const keyEdits = fc.record({
  script: fc.boolean(),
  dependency: fc.boolean(),
  gone: fc.constantFrom(undefined, 'zod', 'pino', 'express'),
  raised: fc.constantFrom(undefined, 'zod', 'pino'),
});
type KeyEdits = typeof keyEdits extends fc.Arbitrary<infer Value> ? Value : never;

const scene = fc.record({
  host: fc.constantFrom('ts-esm-ts-suffix-index', 'js-commonjs-root'),
  mine: edits,
  keys: keyEdits,
  style: fc.constantFrom(...STYLES),
  onConflict: fc.constantFrom<OnConflict>(...ON_CONFLICT),
});

type Act = (root: string, onConflict: OnConflict) => Promise<readonly Change[]>;

const ACTS: Readonly<Record<string, Act>> = {
  'regenerate with the same answers': async (root, onConflict) =>
    (await renew(root, onConflict, {})).plan.changes,
  'regenerate with other answers': async (root, onConflict) =>
    (await renew(root, onConflict, { auth: 'both', hash: 'argon2id' })).plan.changes,
  remove: async (root, onConflict) => (await removeFrom(root, { onConflict })).changes,
};

function renew(root: string, onConflict: OnConflict, answers: Readonly<Record<string, string>>) {
  const given = Object.entries(answers).map(
    ([name, value]) => [name as 'auth', { value, where: name }] as const,
  );
  return regenerate(
    {
      cwd: root,
      modules: [],
      given: new Map(given),
      onConflict,
      dryRun: false,
      verify: false,
      install: false,
    },
    QUIET_RUNNER,
  );
}

describe.each(Object.entries(ACTS))('%s', (name, act) => {
  test('what a user did since is never lost without a conflict that is told', {
    timeout: 600_000,
  }, async () => {
    let round = 0;
    let went = 0;
    await fc.assert(
      fc.asyncProperty(scene, async ({ host, mine, keys, style, onConflict }) => {
        const root = join(folder, `${name}-${round++}`);
        cpSync(hosts.get(host) ?? expect.fail(), root, { recursive: true });
        const edited = await editAll(root, { mine, keys, style });
        const before = await filesOf(root);

        const changes = await act(root, onConflict).catch((error: unknown) => {
          // What cannot be brought together stops everything, and that is told.
          if (!(error instanceof ConflictError)) throw error;
          return undefined;
        });
        const after = await filesOf(root);
        if (changes === undefined) {
          expect(after).toEqual(before);
          return;
        }
        went += 1;
        check({ root, edited, before, after, changes, onConflict });
        rmSync(root, { recursive: true });
      }),
      RUNS,
    );
    expect(went).toBeGreaterThan(RUNS.numRuns / 3);
  });
});

interface Edited {
  /** The lines that are theirs, with the file that each is in. */
  readonly brought: ReadonlyMap<string, string>;
  readonly deleted: readonly string[];
  readonly keys: KeyEdits;
}

async function editAll(
  root: string,
  {
    mine,
    keys,
    style,
  }: Pick<
    typeof scene extends fc.Arbitrary<infer Value> ? Value : never,
    'mine' | 'keys' | 'style'
  >,
): Promise<Edited> {
  const files = Object.entries(await filesOf(root)).filter(
    ([path]) => !/^\.secure-express\/|package(-lock)?\.json$|tsconfig\.json$/.test(path),
  );
  const paths = files.map(([path]) => path);
  const lines: Lines = new Map(
    files.map(([path, text]) => [path, text.replace(/\r?\n$/, '').split(/\r?\n/)]),
  );
  const touched = new Set(mine.map(({ file }) => paths[file % paths.length]));
  const brought = applyEdits(lines, paths, mine, (path, index) =>
    /\.[jt]s$/.test(path) ? `// mine ${index}` : `MINE_${index}=1`,
  );
  for (const [path, text] of lines) {
    if (touched.has(path) || !paths.includes(path)) {
      writeFileSync(join(root, path), Buffer.from(style(text), 'latin1'));
    }
  }
  const deleted = paths.filter((path) => !lines.has(path));
  for (const path of deleted) rmSync(join(root, path));

  const path = join(root, 'package.json');
  const json = JSON.parse(readFileSync(path, 'utf8'));
  if (keys.script) json.scripts.mine = 'node mine.js';
  if (keys.dependency) json.dependencies.mine = '^1.0.0';
  if (keys.raised) json.dependencies[keys.raised] = '^99.0.0';
  if (keys.gone) delete json.dependencies[keys.gone];
  // Without Express it is no host.
  json.dependencies.express ??= '*';
  writeFileSync(path, style(JSON.stringify(json, null, 2).split('\n')));
  return { brought, deleted, keys };
}

interface Outcome {
  readonly root: string;
  readonly edited: Edited;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
  readonly onConflict: OnConflict;
}

function check({ root, edited, before, after, changes, onConflict }: Outcome): void {
  const told = new Set(changes.filter(isTold).map(({ path }) => path));
  for (const [line, path] of edited.brought) {
    // Only theirs may take a line away, and says so.
    if (onConflict === 'theirs' && told.has(path)) continue;
    expect(after[path]?.split(/\r?\n/), `${path} lost ${line}`).toContain(line);
  }
  for (const path of edited.deleted) {
    if (path !== '.env') expect(existsSync(join(root, path)), `${path} was deleted`).toBe(false);
  }
  const named = new Set(changes.map(({ path }) => path));
  for (const [path, text] of Object.entries(before)) {
    if (!named.has(path) && !path.startsWith('.secure-express/'))
      expect(after[path], `${path} is none of ours`).toBe(text);
    // A file whose lines all ended one way still has them so.
    const isCrlf = text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
    if (isCrlf && after[path] !== undefined && !path.startsWith('.secure-express/')) {
      expect(/(^|[^\r])\n/.test(after[path]), `${path} has other line ends`).toBe(false);
    }
  }
  const { scripts, dependencies } = JSON.parse(after['package.json'] ?? '');
  const { keys } = edited;
  if (keys.script) expect(scripts.mine).toBe('node mine.js');
  if (keys.dependency) expect(dependencies.mine).toBe('^1.0.0');
  if (keys.gone && keys.gone !== 'express' && keys.gone !== keys.raised) {
    expect(dependencies).not.toHaveProperty(keys.gone);
  }
  if (keys.raised && keys.raised !== keys.gone) {
    expect(dependencies[keys.raised]).toBe('^99.0.0');
  }
}

function isTold(change: Change): boolean {
  if (change.kind === 'conflict') return true;
  if (change.kind === 'delete') return change.why !== undefined;
  return change.kind === 'merge' && (change.conflicts?.length ?? 0) > 0;
}
