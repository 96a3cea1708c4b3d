import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { startPglite } from "./pglite-server.js";

const VARIABLE = "TEST_DATABASE_URL";

/**
 * Makes the database that all tests of a run share: a fresh one on the server that DATABASE_URL names, or else one in
 * this process. What is in other databases of that server is not touched.
 *
 * @returns how to remove it
 */
export async function startTestDatabase(): Promise<() => Promise<void>> {
  const { DATABASE_URL, DATABASE_PASSWORD = "" } = process.env;
  if (!DATABASE_URL) {
    const { port, stop } = await startPglite();
    process.env[VARIABLE] = `postgres://postgres@127.0.0.1:${port}/postgres`;
    return stop;
  }
  const name = `api_test_${randomBytes(6).toString("hex")}`;
  const url = new URL(DATABASE_URL);
  url.password ||= encodeURIComponent(DATABASE_PASSWORD);
  const server = url.href;
  await query(server, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  process.env[VARIABLE] = url.href;
  return () => query(server, `DROP DATABASE ${name} WITH (FORCE)`);
}

/** The database that this run of the tests has made. */
export function testDatabaseUrl(): string {
  const url = process.env[VARIABLE];
  if (!url) throw new Error("there is no database for the tests: run them by the script `test`");
  return url;
}

/** Empties the tables, so that a test begins with nothing. */
export async function emptyDatabase(): Promise<void> {
  await query(testDatabaseUrl(), EMPTY);
}

/** Whatever tables there are by now; at first there are none. */
const EMPTY = `DO $$
DECLARE tables text := (
  SELECT string_agg(format('%I.%I', schemaname, tablename), ', ')
  FROM pg_tables WHERE schemaname = 'public'
);
BEGIN
  IF tables IS NOT NULL THEN EXECUTE 'TRUNCATE ' || tables; END IF;
END $$`;

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
