/** Who else's pages may call this API from a browser. */
CORS_ORIGINS: originList(DEFAULT_ORIGINS),
