import { randomUUID } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { type Database, inOneTransaction } from "../database/client.js";
import { logins, users } from "../database/schema.js";

export type User = typeof users.$inferSelect;

export type Users = ReturnType<typeof createUsers>;

/** What the API shows of a user. */
export function publicUser({ id, email, createdAt }: User) {
  return { id, email, createdAt: createdAt.toISOString() };
}

/** The same key for every spelling of an address that a person would take for the same. */
export function emailKey(email: string): string {
  return email.normalize("NFC").toLowerCase();
}

/** The accounts. */
export function createUsers(db: Database, now: () => Date) {
  const byId = db.query.users
    .findFirst({ where: (table, { eq, sql }) => eq(table.id, sql.placeholder("id")) })
    .prepare();

  return {
    /** @returns the new user, or undefined where the address is taken */
    async register(email: string, passwordHash: string): Promise<User | undefined> {
      const [user] = await db
        .insert(users)
        .values({
          id: randomUUID(),
          email,
          emailKey: emailKey(email),
          passwordHash,
          createdAt: now(),
        })
        .onConflictDoNothing({ target: users.emailKey })
        .returning();
      return user;
    },

    async findByEmail(email: string): Promise<User | undefined> {
      const [user] = await db
        .select()
        .from(users)
        .where(eq(users.emailKey, emailKey(email)));
      return user;
    },

    /** @returns the user, or undefined where there is none or it is disabled */
    async findActive(id: string): Promise<User | undefined> {
      const user = await byId.execute({ id });
      return user?.disabledAt ? undefined : user;
    },

    /** Stores a new hash of the same password, unless the password was changed meanwhile. */
    async rehash(user: User, passwordHash: string): Promise<User> {
      const [rehashed] = await db
        .update(users)
        .set({ passwordHash })
        .where(and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash)))
        .returning();
      return rehashed ?? user;
    },

    /** Sets a new password and ends every login but the one that asked for it (ASVS v5.0.0-7.4.3). */
    async changePassword(id: string, passwordHash: string, keepLoginId: string): Promise<void> {
      await inOneTransaction(db, (tx) => [
        tx.update(users).set({ passwordHash }).where(eq(users.id, id)),
        tx.delete(logins).where(and(eq(logins.userId, id), ne(logins.id, keepLoginId))),
      ]);
    },

    /** Closes an account, and every login with it (ASVS v5.0.0-7.4.2). @returns whether there is such an account */
    async disable(email: string): Promise<boolean> {
      const user = await this.findByEmail(email);
      if (!user) return false;
      await inOneTransaction(db, (tx) => [
        tx.update(users).set({ disabledAt: now() }).where(eq(users.id, user.id)),
        tx.delete(logins).where(eq(logins.userId, user.id)),
      ]);
      return true;
    },

    /** Opens a closed account again. @returns whether there is such an account */
    async enable(email: string): Promise<boolean> {
      const enabled = await db
        .update(users)
        .set({ disabledAt: null })
        .where(eq(users.emailKey, emailKey(email)))
        .returning({ id: users.id });
      return enabled.length > 0;
    },
  };
}
