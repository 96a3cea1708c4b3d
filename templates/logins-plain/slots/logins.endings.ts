async end(id: string): Promise<void> {
  await db.delete(logins).where(eq(logins.id, id));
},

/** Ends a login if it is this user's. @returns whether it was */
async endOwn(userId: string, id: string): Promise<boolean> {
  const ended = await db
    .delete(logins)
    .where(and(eq(logins.id, id), eq(logins.userId, userId)))
    .returning({ id: logins.id });
  return ended.length > 0;
},

async endAll(userId: string): Promise<void> {
  await db.delete(logins).where(eq(logins.userId, userId));
},

