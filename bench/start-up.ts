import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, ROOT } from './lib/lab.ts';
import { median, ratio } from './lib/stats.ts';
import { showRatio, table } from './lib/table.ts';

/** One thing that both programs do. */
interface Task {
  readonly name: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** create-vite has no `--version`, and makes no git repository. */
const tasks: readonly Task[] = [
  { name: '`--help`', ours: ['--help'], theirs: ['--help'] },
  {
    name: 'a project, without install and git',
    ours: ['app', '--yes', '--no-install', '--no-git'],
    theirs: ['app', '--template', 'vanilla-ts', '--no-interactive'],
  },
];

/** Times both programs in alternating pairs; returns what to write down. */
export function benchStartUp(lab: Lab, settings: { pairs: number }): string {
  // Emptied at the end only: ext4 makes a file 20 times as slowly where many have just been deleted.
  const place = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return measure(lab, place, settings);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function measure(lab: Lab, place: string, { pairs }: { pairs: number }): string {
  const program = join(ROOT, 'bin/create-secure-express.js');
  const rival = lab.path('node_modules/create-vite/index.js');
  const rows = tasks.map(({ name, ours, theirs }) => {
    const mine: number[] = [];
    const others: number[] = [];
    for (let pair = -2; pair < pairs; pair++) {
      // Who goes first changes; the first two pairs only warm the disk up.
      const swapped = pair % 2 !== 0;
      const before = swapped ? time(place, rival, theirs) : undefined;
      const own = time(place, program, ours);
      const other = before ?? time(place, rival, theirs);
      if (pair < 0) continue;
      mine.push(own);
      others.push(other);
    }
    console.log(`start-up: ${name}`);
    return [name, show(mine), show(others), showRatio(ratio(mine, others))];
  });
  // Nothing of either: what the start of Node.js takes of all of the above.
  const node = Array.from({ length: pairs }, () => time(place, '--eval', ['0']));
  return table(
    ['task', 'create-secure-express', 'create-vite', 'ratio (1 is the same, less is faster)'],
    [...rows, ['`node --eval 0`', show(node), show(node), '-']],
  );
}

/** How long a program takes from its start to its end, in a folder of `place` that is empty (milliseconds). */
function time(place: string, program: string, args: readonly string[]): number {
  const cwd = mkdtempSync(join(place, 'app-'));
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
  return elapsed;
}

function show(times: readonly number[]): string {
  return `${Math.round(median(times))} ms`;
}
