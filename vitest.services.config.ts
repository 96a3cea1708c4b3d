import { defineConfig } from 'vitest/config';

/** Generated projects on real servers, PostgreSQL and Redis, which the tests start and end themselves. */
export default defineConfig({
  test: {
    name: 'services',
    include: ['test/services/**/*.test.ts'],
    globalSetup: ['test/matrix/lab/setup.ts'],
    // Each file has servers of its own, and several instances at work.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
