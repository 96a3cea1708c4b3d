const signingKeys = importSigningKeys(config.JWT_PRIVATE_KEYS);
const accessTokens = createAccessTokens(config, signingKeys, now);
