const user = auth && (await logins.userOf(auth));
if (user) return { ...auth, user };
