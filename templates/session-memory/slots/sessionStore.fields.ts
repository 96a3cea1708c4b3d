/** JSON by the SHA-256 of the session id. */
readonly #data = new Map<string, string>();
