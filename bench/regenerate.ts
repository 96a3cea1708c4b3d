import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './lib/lab.ts';
import { median } from './lib/stats.ts';
import { table } from './lib/table.ts';

/** How many files of their own people have beside what was generated. */
const SIZES = [100, 20_000];

/** What it is timed in: a project that was made whole, and repos that were there before. */
const KINDS = {
  'a project': makeProject,
  'TypeScript host': (folder: string, files: number) => makeHost(folder, files, 'ts'),
  'JavaScript host': (folder: string, files: number) => makeHost(folder, files, 'js'),
};

/** Times a `regenerate` that finds nothing to change, in repos of different sizes; returns what to write down. */
export function benchRegenerate({ runs }: { runs: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const repos = Object.entries(KINDS).flatMap(([kind, make]) =>
      SIZES.map((files) => ({ kind, files, root: make(folder, files), times: [] as number[] })),
    );
    for (let round = -2; round < runs; round++) {
      // In turns, so that what else the machine does disturbs all of them; the first rounds only warm the disk up.
      for (const { root, times } of repos) {
        const elapsed = time(['regenerate'], root);
        if (round >= 0) times.push(elapsed);
      }
    }
    console.log('regenerate');
    return table(
      ['in', 'files', 'median', 'slowest'],
      repos.map(({ kind, files, times }) => [
        kind,
        files.toLocaleString('en'),
        `${Math.round(median(times))} ms`,
        `${Math.round(Math.max(...times))} ms`,
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function makeProject(folder: string, files: number): string {
  time([`of-${files}`, '--auth', 'both', '--yes', '--no-install', '--no-git'], folder);
  const root = join(folder, `of-${files}`);
  addFiles(root, files, 'ts');
  return root;
}

/** An app of somebody else, with the modules in it. */
function makeHost(folder: string, files: number, ending: 'ts' | 'js'): string {
  const root = join(folder, `${ending}-of-${files}`);
  mkdirSync(join(root, 'src'), { recursive: true });
  mkdirSync(join(root, '.git'));
  const content = { name: 'host', type: 'module', dependencies: { express: '^5.1.0' } };
  const typescript = { devDependencies: { typescript: '^5.9.0' } };
  const json = { ...content, ...(ending === 'ts' && typescript) };
  writeFileSync(join(root, 'package.json'), `${JSON.stringify(json, null, 2)}\n`);
  if (ending === 'ts') writeFileSync(join(root, 'tsconfig.json'), '{}\n');
  writeFileSync(join(root, `src/app.${ending}`), APP);
  addFiles(root, files, ending);
  time(['add', '--auth', 'both', '--yes', '--no-install'], root);
  return root;
}

const APP = `import express from 'express';

const app = express();

app.get('/', (_req, res) => {
  res.send('hello');
});

app.listen(3000);
`;

function addFiles(root: string, files: number, ending: 'ts' | 'js'): void {
  for (let file = 0; file < files; file++) {
    const path = join(root, 'src/things', `${file % 200}`, `thing-${file}.${ending}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `export const thing = ${file};\n`.repeat(40));
  }
}

/** How long the program takes from its start to its end (milliseconds). */
function time(args: readonly string[], cwd: string): number {
  const program = join(ROOT, 'bin/create-secure-express.js');
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`);
  return elapsed;
}
