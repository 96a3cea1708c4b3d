const user = await users.findActive(family.userId);
if (!user) throw invalidRefreshToken();
