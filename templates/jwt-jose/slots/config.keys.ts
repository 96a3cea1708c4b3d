/** They sign the access tokens. */
JWT_PRIVATE_KEYS: privateKeyList(),
