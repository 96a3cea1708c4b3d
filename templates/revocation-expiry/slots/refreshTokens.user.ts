if (!(await users.findActive(family.userId))) throw invalidRefreshToken();
