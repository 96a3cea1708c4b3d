const openLogin = db
  .select({ expiresAt: logins.expiresAt, user: users })
  .from(logins)
  .innerJoin(users, eq(users.id, logins.userId))
  .where(
    and(
      eq(logins.id, sql.placeholder("loginId")),
      eq(logins.userId, sql.placeholder("userId")),
      isNull(users.disabledAt),
    ),
  )
  .prepare({{join "prepare.openLogin"}});

