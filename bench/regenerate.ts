import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './lib/lab.ts';
import { median } from './lib/stats.ts';
import { table } from './lib/table.ts';

/** How many files of their own the people of the project have beside what was generated. */
const SIZES = [100, 20_000];

/** Times a `regenerate` that finds nothing to change, in projects of different sizes; returns what to write down. */
export function benchRegenerate({ runs }: { runs: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const projects = SIZES.map((files) => ({
      files,
      root: makeProject(folder, files),
      times: [] as number[],
    }));
    for (let round = -2; round < runs; round++) {
      // In turns, so that what else the machine does disturbs all of them; the first rounds only warm the disk up.
      for (const { root, times } of projects) {
        const elapsed = time(['regenerate'], root);
        if (round >= 0) times.push(elapsed);
      }
    }
    console.log('regenerate');
    return table(
      ['files in the project', 'median', 'slowest'],
      projects.map(({ files, times }) => [
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
  for (let file = 0; file < files; file++) {
    const path = join(root, 'src/things', `${file % 200}`, `thing-${file}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `export const thing = ${file};\n`.repeat(40));
  }
  return root;
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
