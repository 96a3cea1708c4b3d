import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import { usesRedis } from './redis.ts';
import { drawHmacSecret } from './secrets.ts';

export const usesSessions = ({ auth }: Answers): boolean => auth !== 'jwt';

export const sessionFeatures: readonly Feature[] = [
  {
    id: 'session',
    when: usesSessions,
    dependencies: ['cookie', 'cookie-signature', 'express-session'],
    devDependencies: ['@types/cookie-signature', '@types/express-session'],
    items: ({ auth }) => ({
      'index.paths': ['"/auth/login"'],
      'test.signIn': ['signInWithSession'],
      'test.signInPaths': ['"/auth/login"'],
      'schema.kinds': ['"session"'],
      secretNames: ['SESSION_SECRETS'],
      'auth.challenges': ['sessions.challenge'],
      'accessTest.challenges': ['Cookie realm="api", cookie-name="sid"'],
      'auth.reader': [
        auth === 'both'
          ? 'async (req) => (await sessions.read(req)) ?? bearer.read(req)'
          : 'sessions.read',
      ],
      'errors.challenges': auth === 'both' ? [] : ['[...challenges]'],
      'logout.names': ['sessions'],
      'readme.signIn': ['session cookies'],
      'readme.credential': ['-b "$JAR"'],
      'readme.keyLife': ['sessions after `SESSION_ABSOLUTE_TTL` (8 hours)'],
      'readme.fetchOptions': ['credentials: "include"'],
      'security.cookieTests': ['`test/sessions.test.ts`'],
      'readme.authFolder': ['sessions'],
    }),
    env: [
      {
        name: 'SESSION_SECRETS',
        comment:
          'Sign the session cookie. Comma separated: the first signs, all verify. At least 32 bytes each.',
        drawSecret: drawHmacSecret,
      },
      {
        name: 'SESSION_IDLE_TTL',
        comment: 'A session ends when it is not used for this long (seconds).',
        fallback: '1800',
      },
      {
        name: 'SESSION_ABSOLUTE_TTL',
        comment: 'A session ends after this long, however much it is used (seconds).',
        fallback: '28800',
      },
    ],
  },
  {
    id: 'session-rows',
    when: (answers) => usesSessions(answers) && !usesRedis(answers),
  },
  {
    id: 'session-redis',
    when: usesRedis,
    dependencies: ['connect-redis'],
  },
  {
    id: 'session-database',
    when: (answers) => usesSessions(answers) && answers.sessionStore === 'database',
    items: { 'sessionStore.read': ['row.login.data'] },
  },
  {
    // A project that may run in production as it is.
    id: 'production',
    when: ({ sessionStore }) => sessionStore !== 'memory',
  },
  {
    id: 'session-memory',
    when: (answers) => usesSessions(answers) && answers.sessionStore === 'memory',
    items: { 'sessionStore.read': ['this.#data.get(keyHash)'] },
  },
];
