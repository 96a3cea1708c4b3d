import { defineConfig } from 'vitest/config';

/** Repos that we did not make, in every shape: added to, used, attacked, removed from. */
export default defineConfig({
  test: {
    name: 'host',
    include: ['test/host/hosts.test.ts'],
    globalSetup: ['test/host/lab/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
