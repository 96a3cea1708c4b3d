/** Closes an account, and every login with it (ASVS v5.0.0-7.4.2). @returns whether there is such an account */
async disable(email: string): Promise<boolean> {
  const user = await this.findByEmail(email);
  if (!user) return false;
  await openLogins.forgetAll(eq(logins.userId, user.id));
  const [, ended] = await inOneTransaction(db, (tx) => [
    tx.update(users).set({ disabledAt: now() }).where(eq(users.id, user.id)),
    tx.delete(logins).where(eq(logins.userId, user.id)).returning(ENDED),
  ]);
  // Such as were opened meanwhile.
  await openLogins.forget(ended);
  return true;
},

