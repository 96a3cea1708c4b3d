const [current] = await db.select().from(users).where(eq(users.id, user.id));
