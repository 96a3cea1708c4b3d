refreshTokens.loginOf(body?.refreshToken ?? refreshCookie.read(req)),
