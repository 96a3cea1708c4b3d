const former = await refreshTokens.loginOf(refreshCookie.read(req));
