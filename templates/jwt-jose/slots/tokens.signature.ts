
/** The key that the server signs with. */
export const PRIVATE_JWK = JSON.parse(
  Buffer.from(SETTINGS.JWT_PRIVATE_KEYS, "base64url").toString(),
);
