const [rows, ended] = await inOneTransaction(db, (tx) => [
  tx
    .update(users)
    .set({ passwordHash })
    .where(and(eq(users.id, user.id), isAsChecked, exists(login)))
    .returning({ id: users.id }),
  tx
    .delete(logins)
    .where(and(eq(logins.userId, user.id), ne(logins.id, loginId), exists(changed)))
    .returning(ENDED),
]);
// Such as were opened meanwhile.
await openLogins.forget(ended);
return rows.length > 0;
