import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/*.test.ts"],
    // No test keeps anything for another, so they may share what they load.
    isolate: false,
    testTimeout: 60_000,
  },
});
