import { createRequire } from 'node:module';
import type { Answers } from '../../../src/options/answers.ts';
import type { Place } from '../../attacks/lab/bench.ts';
import type { ServerName } from './programs.ts';
import type { Servers, StoreServer } from './servers.ts';

/** The parts of the drivers' interfaces that are used here. */
interface PostgresClient {
  connect(): Promise<void>;
  query(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  end(): Promise<void>;
}
interface RedisClient {
  keys(pattern: string): Promise<string[]>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { KEEPTTL: true }): Promise<unknown>;
  info(section: string): Promise<string>;
  flushDb(): Promise<unknown>;
  destroy(): void;
}

const fromLab = createRequire(new URL('../../.cache/lab/package.json', import.meta.url));

/** Connects to a PostgreSQL for as long as it is used. */
export async function inPostgres<T>(
  url: string,
  use: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  const client: PostgresClient = new (fromLab('pg').Client)({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Connects to a Redis for as long as it is used. */
export async function inRedis<T>(
  url: string,
  use: (client: RedisClient) => Promise<T>,
): Promise<T> {
  const client = await fromLab('redis').createClient({ url }).connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

let places = 0;

/** Which servers a project needs. */
export function serversFor({ database, sessionStore }: Answers): readonly ServerName[] {
  return [
    ...(database === 'postgres' ? ['PostgreSQL' as const] : []),
    ...(sessionStore === 'redis' ? ['Redis' as const] : []),
  ];
}

/** Makes an empty database on each of the servers that a project needs. */
export async function newPlaces(servers: Servers, answers: Answers): Promise<readonly Place[]> {
  const makers = {
    PostgreSQL: () => inDatabase(servers.postgres),
    Redis: () => inNumber(servers.redis),
  };
  return Promise.all(serversFor(answers).map((name) => makers[name]()));
}

async function inDatabase({ url }: StoreServer): Promise<Place> {
  places += 1;
  const name = `place_${places}`;
  await inPostgres(url, (client) => client.query(`CREATE DATABASE ${name}`));
  const DATABASE_URL = url.replace(/postgres$/, name);
  return {
    settings: { DATABASE_URL },
    storage: {
      rows: () =>
        inPostgres(DATABASE_URL, async (client) => {
          const tables = new Set((await textColumns(client)).map(([table]) => table));
          const rows: string[][] = [];
          for (const table of tables) {
            const found = await client.query(`SELECT * FROM "${table}"`);
            rows.push(...found.rows.map((row) => Object.values(row).filter(isText)));
          }
          return rows;
        }),
      replace: (text, by) =>
        inPostgres(DATABASE_URL, async (client) => {
          let count = 0;
          for (const [table, column] of await textColumns(client)) {
            const sql = `UPDATE "${table}" SET "${column}" = $1 WHERE "${column}" = $2`;
            count += (await client.query(sql, [by, text])).rowCount;
          }
          return count;
        }),
    },
    async remove() {
      await inPostgres(url, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function inNumber({ url }: StoreServer): Promise<Place> {
  places += 1;
  const REDIS_URL = `${url}/${places}`;
  return {
    settings: { REDIS_URL },
    storage: {
      rows: () =>
        inRedis(REDIS_URL, async (client) => {
          const keys = await client.keys('*');
          return Promise.all(keys.map(async (key) => [key, (await client.get(key)) ?? '']));
        }),
      replace: (text, by) =>
        inRedis(REDIS_URL, async (client) => {
          let count = 0;
          for (const key of await client.keys('*')) {
            const value = await client.get(key);
            if (!value?.includes(JSON.stringify(text))) continue;
            const replaced = value.replaceAll(JSON.stringify(text), JSON.stringify(by));
            await client.set(key, replaced, { KEEPTTL: true });
            count += 1;
          }
          return count;
        }),
    },
    async remove() {
      await inRedis(REDIS_URL, (client) => client.flushDb());
    },
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

async function textColumns(client: PostgresClient): Promise<readonly [string, string][]> {
  const { rows } = await client.query(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'",
  );
  return rows.map(({ table_name, column_name }) => [String(table_name), String(column_name)]);
}
