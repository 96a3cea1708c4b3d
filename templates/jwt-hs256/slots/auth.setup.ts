const accessTokens = createAccessTokens(config, now);
