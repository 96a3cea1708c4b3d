import type Connection from "libsql";

/** A statement of drizzle's, and how many rows it wants of it. */
export interface Query {
  readonly sql: string;
  readonly params: unknown[];
  readonly method: string;
}

/** Rows as drizzle takes them: arrays of columns, a single one for the method `get`. */
interface Result {
  rows: unknown[];
}

type Run = (query: Query) => Result;

const COUNTS_FAILURES = /^(?:insert into|update|delete from) "limits"/;

/** Enough for every statement of this server; those with lists of any length must not fill the memory. */
const MAX_PREPARED = 500;

/** Runs statements, each of them prepared once: preparing one costs several times what running it does. */
export function prepareOnce(connection: Connection.Database) {
  const prepared = new Map<string, Run>();

  const prepare = (sql: string): Run => {
    const statement = connection.prepare(sql);
    const plain = statement.reader ? reader(statement) : writer(statement);
    const run = COUNTS_FAILURES.test(sql) ? unsynced(connection, plain) : plain;
    if (prepared.size === MAX_PREPARED) prepared.clear();
    prepared.set(sql, run);
    return run;
  };

  return {
    run(query: Query): Result {
      const run = prepared.get(query.sql) ?? prepare(query.sql);
      return run(query);
    },

    /** A prepared statement would go on working on a closed connection. */
    forget: (): void => prepared.clear(),
  };
}

function reader(statement: Connection.Statement): Run {
  statement.raw();
  return ({ params, method }) => ({
    // Where there is no row, `get` says undefined: drizzle expects that, and its types do not say so.
    rows: method === "get" ? (statement.get(params) as unknown[]) : statement.all(params),
  });
}

function writer(statement: Connection.Statement): Run {
  return ({ params }) => {
    statement.run(params);
    return { rows: [] };
  };
}

/**
 * Writes without waiting for the disk: of the failures that were counted, a power cut may take the last ones. Of users
 * and logins it takes nothing that was answered for.
 */
function unsynced(connection: Connection.Database, run: Run): Run {
  return (query) => {
    connection.exec("PRAGMA synchronous = NORMAL");
    try {
      return run(query);
    } finally {
      connection.exec("PRAGMA synchronous = FULL");
    }
  };
}
