const bearer = createBearer(accessTokens);
