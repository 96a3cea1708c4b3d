async end(id: string): Promise<void> {
  await openLogins.reachable();
  await openLogins.forget(await db.delete(logins).where(eq(logins.id, id)).returning(ENDED));
},

/** Ends a login if it is this user's. @returns whether it was */
async endOwn(userId: string, id: string): Promise<boolean> {
  await openLogins.reachable();
  const ended = await db
    .delete(logins)
    .where(and(eq(logins.id, id), eq(logins.userId, userId)))
    .returning(ENDED);
  await openLogins.forget(ended);
  return ended.length > 0;
},

async endAll(userId: string): Promise<void> {
  await openLogins.reachable();
  const ended = await db.delete(logins).where(eq(logins.userId, userId)).returning(ENDED);
  await openLogins.forget(ended);
},

