const checked = db
  .select({ id: users.id })
  .from(users)
  .where(and(eq(users.id, user.id), isAsChecked));
await openLogins.forgetAll(
  and(eq(logins.userId, user.id), ne(logins.id, loginId), exists(checked), exists(login)),
);
