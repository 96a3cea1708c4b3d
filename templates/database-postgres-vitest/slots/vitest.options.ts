globalSetup: ["test/support/global-setup.ts"],
// Every test begins by emptying the one database.
fileParallelism: false,
