import { defineConfig } from 'vitest/config';

/** What only a browser can show of generated projects. Each test file has a Chromium and a server. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/matrix/lab/setup.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
