CORS_ORIGINS: ["*", /no exact origin/],
