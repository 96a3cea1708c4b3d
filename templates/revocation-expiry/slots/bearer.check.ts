if (auth) return auth;
