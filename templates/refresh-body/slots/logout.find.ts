refreshTokens.loginOf(body?.refreshToken),
