const user = subject && (await logins.userOf(subject));
if (user) return { ...subject, user };
