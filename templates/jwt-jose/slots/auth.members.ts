jwks: jwksRoute(signingKeys),
