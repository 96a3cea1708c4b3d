const openLogin = db
  .select({ id: logins.id, expiresAt: logins.expiresAt })
  .from(logins)
  .innerJoin(users, eq(users.id, logins.userId))
  .where(
    and(
      eq(logins.id, sql.placeholder("loginId")),
      eq(logins.userId, sql.placeholder("userId")),
      isNull(users.disabledAt),
    ),
  )
  .prepare();

