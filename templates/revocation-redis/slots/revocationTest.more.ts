test("a login that Redis has lost is over, and gets no new tokens", () =>
  withApi(async (api) => {
    const { answer, headers } = await newClient(api);
    await api.db.redis.flushDb();
    assert.equal(await isSignedIn(api, { headers }), false);
    const refresh = withRefreshToken(refreshTokenOf(answer));
    assert.equal((await api.call("POST", "/auth/refresh", refresh)).status, 401);
    assert.deepEqual(await api.db.select().from(logins), []);
  }));

test("a use of a refresh token that won has won, even if a replay ends the login before it is answered", () =>
  withApi(async (api) => {
    const { answer } = await newClient(api);
    const { redis } = api.db;
    const set = redis.set.bind(redis);
    Object.assign(redis, {
      set: async (...written: Parameters<typeof set>) => {
        await api.db.delete(logins);
        await redis.flushDb();
        return set(...written);
      },
    });
    const refresh = withRefreshToken(refreshTokenOf(answer));
    const refreshed = await api.call("POST", "/auth/refresh", refresh);
    assert.equal(refreshed.status, 200);
    const headers = { Authorization: `Bearer ${refreshed.json.accessToken}` };
    assert.equal(await isSignedIn(api, { headers }), false);
  }));

