globalSetup: ["test/support/global-setup.ts"],
// All tests share the stores, one after the other.
fileParallelism: false,
