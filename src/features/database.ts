import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import { usesRedis } from './redis.ts';
import { drawHmacSecret } from './secrets.ts';

const usesPostgres = ({ database }: Answers): boolean => database === 'postgres';
const usesRemoteStores = (answers: Answers): boolean => usesPostgres(answers) || usesRedis(answers);

/** Where the container finds Redis, if there is any. */
const redisFor = (answers: Answers): string =>
  usesRedis(answers) ? ' -e REDIS_URL=rediss://...' : '';

/** The one table layout in two dialects: each has its client, schema and migrations, and the queries are the same. */
export const databases: readonly Feature[] = [
  {
    id: 'database-sqlite',
    when: ({ database }) => database === 'sqlite',
    dependencies: ['drizzle-orm', 'libsql'],
    devDependencies: ['drizzle-kit'],
    items: (answers) => ({
      'readme.tableOf': ['sqliteTable'],
      'prepare.userById': [''],
      'prepare.session': [''],
      'prepare.openLogin': [''],
      'database.settings': [
        `Pick<Config, "DATABASE_URL">${usesRedis(answers) ? ' & RedisSettings' : ''}`,
      ],
      'database.opened': ['config'],
      'test.databaseUrl': ['"file::memory:"'],
      'test.database': ['readConfig({ ...SETTINGS, ...settings })'],
      // With Redis, what stores have in common asks for it already.
      'errors.problems': usesRedis(answers) ? [] : ['comeBackLater'],
      'readme.dockerRun': [`-v api-data:/data${redisFor(answers)}`],
      'readme.needs': usesRedis(answers) ? [] : ['is all it needs'],
    }),
    scripts: { 'db:generate': 'drizzle-kit generate' },
    env: [
      {
        name: 'DATABASE_URL',
        comment: 'The SQLite file, relative to the working directory.',
        fallback: 'file:./data/app.db',
      },
    ],
  },
  {
    id: 'database-postgres',
    when: usesPostgres,
    dependencies: ['drizzle-orm', 'pg'],
    devDependencies: ['@electric-sql/pglite', '@types/pg', 'drizzle-kit'],
    items: (answers) => ({
      'schema.columns': ['index', 'pgTable', 'text', 'timestamp', 'uniqueIndex'],
      'readme.tableOf': ['pgTable'],
      // The server keeps a prepared statement by its name.
      'prepare.userById': ['"user_by_id"'],
      'prepare.session': ['"session"'],
      'prepare.openLogin': ['"open_login"'],
      'database.opened': ['config', 'log'],
      'test.databaseUrl': ['testDatabaseUrl()'],
      'test.database': ['readConfig({ ...SETTINGS, ...settings })'],
      'storesTest.settings': ['"DATABASE_URL"'],
      'testStores.starts': ['await startTestDatabase()'],
      'database.settings': [`PostgresSettings${usesRedis(answers) ? ' & RedisSettings' : ''}`],
      'readme.silence': ['six seconds (PostgreSQL)'],
      'readme.dockerRun': [`-e DATABASE_URL=postgres://...${redisFor(answers)}`],
    }),
    scripts: { 'db:generate': 'drizzle-kit generate' },
    env: [
      {
        name: 'DATABASE_URL',
        comment: 'The PostgreSQL server, and the database and the user there.',
        fallback: 'postgres://api@127.0.0.1:5432/api',
      },
      {
        name: 'DATABASE_PASSWORD',
        comment: 'The password there, unless it stands in DATABASE_URL; compose.yaml needs it.',
        drawSecret: drawHmacSecret,
        optional: true,
      },
      {
        name: 'DATABASE_TLS',
        comment:
          'verify: TLS, and the certificate must be right; the default where a network is in between. Else off.',
        fallback: 'off',
      },
      {
        name: 'DATABASE_POOL_MAX',
        comment: 'So many connections at most are open to the database from each server.',
        fallback: '10',
      },
    ],
  },
  {
    id: 'former-sqlite',
    when: ({ formerDatabase }) => formerDatabase === 'sqlite',
    devDependencies: ['libsql'],
    scripts: { 'db:copy': 'tsx scripts/copy-from-sqlite.ts' },
    // A session in Redis is not in the file: its login would be one that nobody can use.
    items: (answers) => ({ 'copy.tables': usesRedis(answers) ? ['users'] : ['users', 'logins'] }),
  },
  {
    id: 'remote-stores',
    when: usesRemoteStores,
    items: {
      'errors.problems': ['comeBackLater'],
      'readme.needs': ['and Docker are all it needs'],
    },
  },
  {
    id: 'graceful-stop',
    when: (answers) => usesRemoteStores(answers) && answers.host === undefined,
    env: [
      {
        name: 'SHUTDOWN_DELAY',
        comment:
          'A server that is told to stop goes on this long, so that load balancers can notice (seconds).',
        fallback: '0',
      },
    ],
  },
  {
    id: 'remote-stores-vitest',
    when: (answers) => usesRemoteStores(answers) && answers.testRunner === 'vitest',
  },
  {
    id: 'remote-stores-node',
    when: (answers) => usesRemoteStores(answers) && answers.testRunner === 'node',
  },
];
