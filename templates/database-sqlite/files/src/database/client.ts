import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { migrate } from "drizzle-orm/sqlite-proxy/migrator";
import Connection from "libsql";
import type { Config } from "../config.js";
import * as schema from "./schema.js";
import { prepareOnce, type Query } from "./statements.js";

/** Without drizzle's `transaction`: on the one connection, statements of other requests would slip into it. */
export type Database = Omit<Awaited<ReturnType<typeof openDatabase>>, "transaction">;

/**
 * Opens the SQLite file and brings its tables up to date.
 *
 * @param settings DATABASE_URL is `file:` and a path relative to the working directory, or `file::memory:`
 */
export async function openDatabase({ DATABASE_URL }: Pick<Config, "DATABASE_URL">) {
  const connection = openFile(DATABASE_URL.slice("file:".length));
  // Readers and the one writer do not wait for each other.
  connection.exec("PRAGMA journal_mode = WAL");
  connection.exec("PRAGMA foreign_keys = ON");

  const statements = prepareOnce(connection);
  const runAll = connection.transaction((queries: Query[]) => queries.map(statements.run));
  const db = drizzle(
    async (sql, params, method) => statements.run({ sql, params, method }),
    async (queries) => runAll.immediate(queries),
    { schema },
  );
  const migrateAll = connection.transaction((steps: string[]) => {
    for (const step of steps) connection.exec(step);
  });
  await migrate(db, async (steps) => migrateAll.immediate(steps), {
    migrationsFolder: fileURLToPath(MIGRATIONS),
  });
  return Object.assign(db, {
    /** Rejects when the database is out of reach. */
    ping: async (): Promise<void> => void connection.exec("SELECT 1"),
    async close(): Promise<void> {
      statements.forget();
      connection.close();
    },
  });
}

/** @throws with the setting to look at, where there can be no such file */
function openFile(path: string): Connection.Database {
  try {
    // Other users of the machine have no business with the hashes in it.
    if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return new Connection(path, { timeout: 5000 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`DATABASE_URL: the file ${path} cannot be opened: ${reason}`, { cause });
  }
}

/** Runs all of the statements or none of them. */
export async function inOneTransaction(
  db: Database,
  statements: (db: Database) => [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]],
): Promise<void> {
  await db.batch(statements(db));
}

const IN_MEMORY = ":memory:";
const MIGRATIONS = new URL("../../migrations", import.meta.url);
