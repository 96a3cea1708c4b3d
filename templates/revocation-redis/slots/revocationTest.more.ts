test("a login that Redis has lost is over, and gets no new tokens", () =>
  withApi(async (api) => {
    const { answer, headers } = await newClient(api);
    await api.db.redis.flushDb();
    assert.equal(await isSignedIn(api, { headers }), false);
    const refresh = withRefreshToken(refreshTokenOf(answer));
    assert.equal((await api.call("POST", "/auth/refresh", refresh)).status, 401);
    assert.deepEqual(await api.db.select().from(logins), []);
  }));

