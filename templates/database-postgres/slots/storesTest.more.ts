
test("a request waits for a free connection for two seconds at most (ASVS v5.0.0-13.2.6)", () =>
  withApi(
    async (api) => {
      const client = await newClient(api);
      await api.db.transaction(async (tx) => {
        await tx.execute("SELECT 1");
        const answer = await api.call("GET", "/auth/sessions", client);
        assert.deepEqual([answer.status, answer.json.code], [503, "store_away"]);
      });
      assert.equal(await isSignedIn(api, client), true);
    },
    { settings: { DATABASE_POOL_MAX: "1" } },
  ));
