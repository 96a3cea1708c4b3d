bearer,
refreshTokens,
