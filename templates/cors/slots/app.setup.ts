const isAllowedOrigin = createOriginCheck(config.CORS_ORIGINS);
