// The browser is about to forget the token of this one for the next (ASVS v5.0.0-7.2.4).
const former = await refreshTokens.loginOf(refreshCookie.read(req));
if (former !== undefined) await logins.end(former);
