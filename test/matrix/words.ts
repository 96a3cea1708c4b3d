import type { Answers } from '../../src/options/answers.ts';

/** Words that only projects with certain answers may contain. */
export interface OptionWords {
  /** What the words are about, as a problem names it. */
  readonly about: string;
  readonly words: RegExp;
  readonly belongs: (answers: Answers) => boolean;
  /** Files that speak of it whatever was chosen. */
  readonly but?: RegExp;
}

const usesTokens = ({ auth }: Answers) => auth !== 'session';
const usesSessions = ({ auth }: Answers) => auth !== 'jwt';
const usesCookies = (answers: Answers) =>
  usesSessions(answers) || answers.refreshTransport === 'cookie';

/** They also show what is refused, or is not there: that has to be named. */
const TESTS = /^test\//;

/** For each option, what a reader of a project without it must not stumble over. */
export const OPTION_WORDS: readonly OptionWords[] = [
  {
    about: 'tokens',
    words:
      /jwt|bearer|refresh|access[ -_]?token|jsonwebtoken|\bjose\b|jwks|rfc ?(?:7519|8725|9068)/i,
    belongs: usesTokens,
  },
  {
    about: 'HS256',
    words: /HS256|jsonwebtoken|JWT_SECRETS/i,
    belongs: (answers) => usesTokens(answers) && answers.jwtAlgorithm === 'HS256',
    but: TESTS,
  },
  {
    about: 'key pairs',
    words: /JWT_PRIVATE_KEYS|\bjose\b|jwks|key ?pair/i,
    belongs: (answers) => usesTokens(answers) && answers.jwtAlgorithm !== 'HS256',
  },
  {
    about: 'EdDSA',
    words: /EdDSA|ed25519/i,
    belongs: (answers) => answers.jwtAlgorithm === 'EdDSA',
  },
  { about: 'ES256', words: /ES256|P-256/i, belongs: (answers) => answers.jwtAlgorithm === 'ES256' },
  {
    about: 'refresh cookies',
    words: /refresh[ -_]?cookie|__Host-refresh/i,
    belongs: (answers) => answers.refreshTransport === 'cookie',
    but: TESTS,
  },
  {
    about: 'refresh tokens in the body',
    words: /readRefreshToken|refresh-body/i,
    belongs: (answers) => answers.refreshTransport === 'body',
  },
  {
    about: 'instant revocation',
    words: /userOf\b|openLogin\b/,
    belongs: (answers) => answers.revocation === 'instant',
  },
  {
    about: 'cookies',
    words: /cookie|csrf|__Host-|samesite|sec-fetch|cross[-_ ]site/i,
    belongs: usesCookies,
    // Any client may send a Cookie header: the log hides it, and tests show that none is ever set.
    but: /^(?:src\/log\.ts$|test\/)/,
  },
  {
    about: 'sessions',
    words: /express-session|\bSESSION_|session (?:cookie|store|id)|sessionStore|"session"/i,
    belongs: usesSessions,
  },
  {
    about: 'sessions in memory',
    words: /sessions? in memory|memory ?store|#data\b/i,
    belongs: (answers) => answers.sessionStore === 'memory',
  },
  {
    about: 'sessions in the database',
    words: /row\.data|`data` text|data: text/,
    belongs: (answers) => answers.sessionStore === 'database',
  },
  ...(['argon2id', 'bcrypt', 'scrypt', 'pbkdf2'] as const).map((hash) => ({
    about: hash,
    words: new RegExp(`${hash === 'argon2id' ? 'argon2' : `\\b${hash}`}`, 'i'),
    belongs: (answers: Answers) => answers.hash === hash,
  })),
  {
    about: 'SQLite',
    words: /sqlite|libsql/i,
    belongs: ({ database }) => database === 'sqlite',
  },
  {
    about: 'PostgreSQL',
    words: /postgres|pglite|\bpg\b/i,
    belongs: ({ database }) => database === 'postgres',
    but: TESTS,
  },
  { about: 'Redis', words: /redis/i, belongs: ({ sessionStore }) => sessionStore === 'redis' },
  {
    about: 'CORS',
    words: /\bcors\b|CORS_|preflight|allowed[- _]?headers/i,
    belongs: ({ corsOrigins }) => corsOrigins.length > 0,
  },
  {
    about: 'Permissions-Policy',
    words: /permissions-?policy/i,
    belongs: ({ helmet, helmetHeaders }) =>
      helmet !== 'custom' || !!helmetHeaders?.permissionsPolicy,
    but: TESTS,
  },
  { about: 'Vitest', words: /vitest/i, belongs: ({ testRunner }) => testRunner === 'vitest' },
  { about: 'node:test', words: /node:test/, belongs: ({ testRunner }) => testRunner === 'node' },
  {
    about: 'npm',
    // Where another one comes from, npm may be named: it comes with Node.js.
    words: /\bnpm (?:run|ci|test|start|exec|install(?! --global))\b|package-lock/i,
    belongs: ({ packageManager }) => packageManager === 'npm',
  },
  ...(['pnpm', 'yarn', 'bun'] as const).map((name) => ({
    about: name,
    words: new RegExp(`\\b${name}\\b`, 'i'),
    belongs: ({ packageManager }: Answers) => packageManager === name,
  })),
];
