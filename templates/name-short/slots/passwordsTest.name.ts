test("the service's name is too short to be refused: it turns up in passwords by chance", () =>
  withApi(async (api) => {
    const name = SERVICE_NAME.replace(/^.*\//, "").toUpperCase();
    assert.deepEqual(await choose(api, `an owl & a ${name}`.padEnd(15, "&")), [201, undefined]);
  }));
