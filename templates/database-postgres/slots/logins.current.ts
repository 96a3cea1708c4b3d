// The lock waits for a change that is under way, which would not be seen otherwise.
const [current] = await db.select().from(users).where(eq(users.id, user.id)).for("share");
