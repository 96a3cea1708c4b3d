import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import { drawHmacSecret } from './secrets.ts';

export const usesRedis = ({ sessionStore }: Answers): boolean => sessionStore === 'redis';

/** Where a request finds its login: beside the table, in Redis, or in the table itself; and where failures are counted. */
export const loginFeatures: readonly Feature[] = [
  {
    id: 'redis',
    when: usesRedis,
    dependencies: ['redis'],
    items: ({ auth, revocation }) => ({
      'logins.whichEntries': [
        auth === 'both' && revocation === 'expiry' ? 'if (login.kind === "session") ' : '',
      ],
      'logins.entryKey': [
        revocation === 'instant'
          ? 'login.kind === "session" ? login.keyHash : id'
          : 'login.keyHash',
      ],
      'limits.parameters': ['db: Database', 'log: Log', 'windowSeconds: number = WINDOW_SECONDS'],
      'limits.limiter': ['Limiter'],
      'limits.services': ['db', 'log'],
      'limits.testServices': ['api.db', 'createLog("silent")'],
      'readme.silence': ['three seconds (Redis)'],
      'storesTest.settings': ['"REDIS_URL"'],
      'testStores.starts': ['await startTestRedis()'],
    }),
    env: [
      { name: 'REDIS_URL', comment: 'The Redis server.', fallback: 'redis://127.0.0.1:6379' },
      {
        name: 'REDIS_PASSWORD',
        comment: 'The password there, unless it stands in REDIS_URL; compose.yaml needs it.',
        drawSecret: drawHmacSecret,
        optional: true,
      },
      {
        name: 'REDIS_TLS',
        comment:
          'verify: TLS, and the certificate must be right; the default where a network is in between, and for rediss://. Else off.',
        fallback: 'off',
      },
    ],
  },
  { id: 'logins-plain', when: (answers) => !usesRedis(answers) },
  {
    id: 'revocation-lookup',
    when: (answers) => answers.revocation === 'instant' && !usesRedis(answers),
    items: { 'logins.operators': ['isNull', 'sql'], 'readme.lookUp': ['one indexed query'] },
  },
  {
    id: 'revocation-redis',
    when: (answers) => answers.revocation === 'instant' && usesRedis(answers),
    items: { 'logins.userTypes': ['PublicUser'], 'readme.lookUp': ['one command of Redis'] },
  },
  {
    id: 'limits-database',
    when: (answers) => !usesRedis(answers),
    items: {
      'limits.parameters': ['db: Database', 'windowSeconds: number = WINDOW_SECONDS'],
      'limits.limiter': ['RateLimiterDrizzle'],
      'limits.services': ['db'],
      'limits.testServices': ['api.db'],
    },
  },
  {
    id: 'limits-sqlite',
    when: (answers) => !usesRedis(answers) && answers.database === 'sqlite',
  },
  {
    id: 'limits-postgres',
    when: (answers) => !usesRedis(answers) && answers.database === 'postgres',
    items: { 'schema.columns': ['integer'] },
  },
];
