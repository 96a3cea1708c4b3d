test("a password that holds the service's name is refused (ASVS v5.0.0-6.2.11)", () =>
  withApi(async (api) => {
    // Of a scoped name, a part is enough.
    const name = SERVICE_NAME.replace(/^.*\//, "").toUpperCase();
    const refused = [400, "password_guessable"];
    assert.deepEqual(await choose(api, `an owl & a ${name}`.padEnd(15, "&")), refused);
  }));
