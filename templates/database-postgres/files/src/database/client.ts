import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, type ClientConfig, Pool } from "pg";
import type { Config } from "../config.js";
import * as schema from "./schema.js";

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** Where the database is, and how to get there. */
export type DatabaseSettings = Pick<
  Config,
  "DATABASE_URL" | "DATABASE_PASSWORD" | "DATABASE_TLS" | "DATABASE_POOL_MAX"
>;

/**
 * Opens a pool of connections and brings the tables up to date. A connection that breaks is replaced by the next query
 * that needs one; until the server is back, queries fail at once or within CONNECT_TIMEOUT.
 */
export async function openDatabase(settings: DatabaseSettings) {
  const server = serverOf(settings);
  await bringUpToDate(server);
  const pool = new Pool({
    ...server,
    max: settings.DATABASE_POOL_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    // For a server that does not answer at all, its own time limit is none.
    query_timeout: STATEMENT_TIMEOUT + CONNECT_TIMEOUT,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
  });
  // A query that a broken connection fails says so itself. Unheard, the same news would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  return Object.assign(drizzle(pool, { schema }), {
    /** Rejects when the database is out of reach. */
    ping: async (): Promise<void> => void (await pool.query("SELECT 1")),
    /** Lets running queries end. */
    async close(): Promise<void> {
      if (!pool.ending) await pool.end();
    },
  });
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Runs all of the statements or none of them. */
export async function inOneTransaction(
  db: Database,
  statements: (tx: Transaction) => readonly PromiseLike<unknown>[],
): Promise<void> {
  await db.transaction(async (tx) => {
    // A query of drizzle's is not sent before somebody waits for it.
    for (const statement of statements(tx)) await statement;
  });
}

/** How long a request may wait for a connection, whether none is free or none can be had (milliseconds). */
const CONNECT_TIMEOUT = 2000;
/** The longest that a query may run, and a transaction be left open (milliseconds). */
const STATEMENT_TIMEOUT = 5000;
/** The longest that a server waits at its start for another one that changes the tables (milliseconds). */
const MIGRATION_LOCK_TIMEOUT = 60_000;
/** Any number will do, as long as all versions of this server take the same. */
const MIGRATION_LOCK = 7_235_241;

/**
 * Runs the migrations that have not been run, over a connection of its own. However many servers start at once, one of
 * them does it and the others wait: PostgreSQL takes the lock back when the connection ends, whatever ends it.
 */
async function bringUpToDate(server: ClientConfig): Promise<void> {
  const client = new Client({ ...server, connectionTimeoutMillis: 2 * CONNECT_TIMEOUT });
  try {
    await client.connect();
  } catch (cause) {
    const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
    const where = `${client.host}:${client.port}`;
    throw new Error(`DATABASE_URL: ${where} cannot be used: ${reason}`, { cause });
  }
  client.on("error", () => {});
  try {
    await client.query(`SET lock_timeout = ${MIGRATION_LOCK_TIMEOUT}`);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("SET lock_timeout = DEFAULT");
    await migrate(drizzle(client), { migrationsFolder: fileURLToPath(MIGRATIONS) });
  } finally {
    await client.end();
  }
}

const MIGRATIONS = new URL("../../migrations", import.meta.url);

function serverOf(settings: DatabaseSettings): ClientConfig {
  const url = new URL(settings.DATABASE_URL);
  url.password ||= settings.DATABASE_PASSWORD ?? "";
  // DATABASE_TLS alone decides: what these ask for differs from one client to the next, and some ask for no check.
  for (const name of [...url.searchParams.keys()]) {
    if (name.startsWith("ssl")) url.searchParams.delete(name);
  }
  return {
    connectionString: url.href,
    ssl: settings.DATABASE_TLS === "verify" && { rejectUnauthorized: true },
    keepAlive: true,
  };
}
