import { defineConfig } from 'vitest/config';

/** Attacks on servers of generated projects. Each test file keeps a server and its attackers busy, so two run at once. */
export default defineConfig({
  test: {
    name: 'attacks',
    include: ['test/attacks/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    globalSetup: ['test/matrix/lab/setup.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
