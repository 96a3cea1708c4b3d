if (auth && (await logins.isOpen(auth))) return auth;
