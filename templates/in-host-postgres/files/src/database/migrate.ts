import type { Client } from "pg";
import { MIGRATIONS } from "./migrations.js";

/** Runs the migrations that have not been run: all of them or none. The caller holds the lock. */
export async function runMigrations(client: Client): Promise<void> {
  await client.query("BEGIN");
  await client.query("CREATE TABLE IF NOT EXISTS auth_migrations (tag text PRIMARY KEY NOT NULL)");
  const { rows } = await client.query<{ tag: string }>("SELECT tag FROM auth_migrations");
  const done = new Set(rows.map(({ tag }) => tag));
  for (const { tag, steps } of MIGRATIONS) {
    if (done.has(tag)) continue;
    for (const step of steps) await client.query(step);
    await client.query("INSERT INTO auth_migrations (tag) VALUES ($1)", [tag]);
  }
  await client.query("COMMIT");
}
