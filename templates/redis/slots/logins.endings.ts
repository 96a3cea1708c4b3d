async end(id: string): Promise<void> {
  await openLogins.forgetAll(eq(logins.id, id));
  await db.delete(logins).where(eq(logins.id, id));
},

/** Ends a login if it is this user's. @returns whether it was */
async endOwn(userId: string, id: string): Promise<boolean> {
  const own = and(eq(logins.id, id), eq(logins.userId, userId));
  await openLogins.forgetAll(own);
  const ended = await db.delete(logins).where(own).returning({ id: logins.id });
  return ended.length > 0;
},

async endAll(userId: string): Promise<void> {
  const own = eq(logins.userId, userId);
  await openLogins.forgetAll(own);
  // Such as were opened meanwhile have an entry still.
  await openLogins.forget(await db.delete(logins).where(own).returning(ENDED));
},

