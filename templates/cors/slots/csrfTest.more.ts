
test("a page of an allowed origin is let through, and of no other", () =>
  withApi(
    async (api) => {
      const email = await register(api);
      const from = async (origin: string, site: string) => {
        const headers = { Origin: origin, "Sec-Fetch-Site": site };
        return (await tryToSignIn(api, email, undefined, headers)).status;
      };
      assert.equal(await from("https://app.example.com", "same-site"), 200);
      assert.equal(await from("https://app.example.com", "cross-site"), 200);
      assert.equal(await from("https://app.example.com.evil.example", "cross-site"), 403);
      assert.equal(await from("http://app.example.com", "cross-site"), 403);
    },
    { settings: { CORS_ORIGINS: "https://app.example.com" } },
  ));
