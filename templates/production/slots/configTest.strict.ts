const { NODE_ENV, HOST } = readConfig({ ...SETTINGS, NODE_ENV: "" });
// It listens to the world, as in a container.
assert.deepEqual([NODE_ENV, HOST], ["production", "0.0.0.0"]);
