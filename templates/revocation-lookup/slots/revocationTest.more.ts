test("an access token of an account that is disabled in the database itself is over (ASVS v5.0.0-7.4.2)", () =>
  withApi(async (api) => {
    const client = await newClient(api);
    await api.db.update(users).set({ disabledAt: new Date() });
    assert.equal(await isSignedIn(api, client), false);
  }));

