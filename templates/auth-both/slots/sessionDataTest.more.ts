
// A token has no session to keep anything in.
const { json } = await send(url("/auth/token"), "POST", { body });
const headers = { Authorization: `Bearer ${json.accessToken}` };
const byToken = await send(url("/visits"), "GET", { headers });
assert.equal(byToken.status, 401);
assert.deepEqual(byToken.setCookie, []);
