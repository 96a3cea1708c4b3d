const refreshTokens = createRefreshTokens({ config, db, users, logins, log, now });
