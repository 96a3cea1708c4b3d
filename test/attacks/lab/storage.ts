import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Storage } from '../../../src/attacks/attack.ts';

/** The part of libSQL's interface that is used here. */
interface Connection {
  prepare(sql: string): {
    all(...parameters: unknown[]): unknown[];
    run(...parameters: unknown[]): { changes: number };
  };
  close(): void;
}

type Open = new (path: string, options: { timeout: number }) => Connection;

/**
 * Looks into a project's SQLite file, whatever its tables.
 *
 * @param project where the project's packages are found
 */
export function openStorage(project: string, file: string): Storage {
  const Database = createRequire(join(project, 'package.json'))('libsql') as Open;

  const within = <T>(look: (connection: Connection) => T): T => {
    const connection = new Database(file, { timeout: 5000 });
    try {
      return look(connection);
    } finally {
      connection.close();
    }
  };

  return {
    async rows() {
      return within((connection) =>
        tables(connection).flatMap(({ table }) =>
          (connection.prepare(`SELECT * FROM "${table}"`).all() as object[]).map((row) =>
            Object.values(row).filter((value) => typeof value === 'string'),
          ),
        ),
      );
    },

    async replace(text, by) {
      return within((connection) =>
        tables(connection)
          .flatMap(({ table, columns }) => columns.map((column) => [table, column] as const))
          .reduce((count, [table, column]) => {
            const sql = `UPDATE "${table}" SET "${column}" = ? WHERE "${column}" = ?`;
            return count + connection.prepare(sql).run([by, text]).changes;
          }, 0),
      );
    },
  };
}

interface Table {
  readonly table: string;
  readonly columns: readonly string[];
}

function tables(connection: Connection): readonly Table[] {
  const named = (sql: string) =>
    (connection.prepare(sql).all() as { name: string }[]).map(({ name }) => name);
  return named(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  ).map((table) => ({ table, columns: named(`SELECT name FROM pragma_table_info('${table}')`) }));
}
