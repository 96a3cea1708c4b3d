/** The public keys, at an address of their own. */
readonly jwks: Router;
