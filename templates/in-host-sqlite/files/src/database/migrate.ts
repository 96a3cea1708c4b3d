import type Connection from "libsql";
import { MIGRATIONS } from "./migrations.js";

/** Runs the migrations that have not been run: all of them or none, and in one process at a time. */
export function bringUpToDate(connection: Connection.Database): void {
  const run = connection.transaction(() => {
    connection.exec("CREATE TABLE IF NOT EXISTS auth_migrations (tag text PRIMARY KEY NOT NULL)");
    const rows = connection.prepare("SELECT tag FROM auth_migrations").all() as { tag: string }[];
    const done = new Set(rows.map(({ tag }) => tag));
    for (const { tag, steps } of MIGRATIONS) {
      if (done.has(tag)) continue;
      for (const step of steps) connection.exec(step);
      connection.prepare("INSERT INTO auth_migrations (tag) VALUES (?)").run(tag);
    }
  });
  run.immediate();
}
