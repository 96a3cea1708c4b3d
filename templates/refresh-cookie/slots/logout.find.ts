refreshTokens.loginOf(body?.refreshToken),
refreshTokens.loginOf(refreshCookie.read(req)),
