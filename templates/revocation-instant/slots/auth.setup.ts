const bearer = createBearer(accessTokens, logins);
