bearer: Bearer;
refreshTokens: RefreshTokens;
