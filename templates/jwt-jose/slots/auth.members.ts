/** The public keys, at an address of their own. */
jwks: jwksRoute(signingKeys),
