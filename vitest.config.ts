import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const SECOND = 1000;

/**
 * unit: one module at a time. cli: the packed program, as a user runs it. matrix: every project that it can make.
 * attacks: servers of generated projects under attack, in every two answers that meet.
 * `vitest run --project unit` runs one of them; `--mode all` type-checks every project instead of a covering set.
 */
export default defineConfig(({ mode }) => ({
  test: {
    // On a small machine Vitest would use one processor less than there are.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // Projects do not take it over by themselves.
        mode,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: ['test/support/seed.ts'],
          // Properties try many values; a machine that is busy with others is no failure.
          testTimeout: 60 * SECOND,
        },
      },
      {
        mode,
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          setupFiles: ['test/support/seed.ts'],
          // These run the packed program, so it is packed first.
          globalSetup: ['test/cli/support/packed-program.ts'],
          testTimeout: 120 * SECOND,
          // Clearing away what a test made counts as a hook.
          hookTimeout: 120 * SECOND,
        },
      },
      {
        mode,
        test: {
          name: 'matrix',
          include: ['test/matrix/**/*.test.ts'],
          globalSetup: ['test/matrix/lab/setup.ts'],
          // Each test of this kind keeps a processor busy.
          maxConcurrency: 2,
          testTimeout: 600 * SECOND,
          hookTimeout: 600 * SECOND,
        },
      },
      {
        mode,
        test: {
          name: 'host',
          include: ['test/host/few-hosts.test.ts'],
          globalSetup: ['test/matrix/lab/setup.ts'],
          testTimeout: 600 * SECOND,
        },
      },
      {
        mode,
        test: {
          name: 'attacks',
          include: ['test/attacks/**/*.test.ts'],
          setupFiles: ['test/support/seed.ts'],
          globalSetup: ['test/matrix/lab/setup.ts'],
          // After all others: some measure how long a server takes.
          sequence: { groupOrder: 1 },
          testTimeout: 600 * SECOND,
          hookTimeout: 600 * SECOND,
        },
      },
    ],
  },
}));
