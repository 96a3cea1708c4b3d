import { choiceKind } from './kinds/choice.ts';
import { headersKind } from './kinds/headers.ts';
import { nameKind } from './kinds/name.ts';
import { originsKind } from './kinds/origins.ts';
import { switchKind } from './kinds/switch.ts';
import type { Condition, Option, OptionName } from './option.ts';

const withTokens: Condition = {
  option: 'auth',
  is: ['jwt', 'both'],
  whyNot: 'it is about tokens, and auth session issues none',
};

const withSessions: Condition = {
  option: 'auth',
  is: ['session', 'both'],
  whyNot: 'it is about sessions, and auth jwt keeps none',
};

/** Every option, in the order in which they are asked: one that decides about another comes before it. */
export const options: readonly Option[] = [
  {
    name: 'name',
    flag: 'name',
    label: 'Name',
    question: 'What is the project called?',
    risk: 'A name, or a path that ends in one, such as ./apps/my-api.',
    kind: nameKind,
    asked: true,
  },
  {
    name: 'auth',
    flag: 'auth',
    label: 'Login',
    question: 'How does a client stay logged in?',
    risk: 'What is stolen decides: a session ends the moment you revoke it, a token when it expires.',
    asked: true,
    kind: choiceKind([
      {
        value: 'session',
        title: 'Session cookie',
        cost: 'one lookup a request, storage for every login; revocable at once. Best for browsers',
      },
      {
        value: 'jwt',
        title: 'JWT with rotating refresh tokens',
        cost: 'no lookup; a stolen access token works until it expires (10 minutes). For apps and services',
      },
      {
        value: 'both',
        title: 'Both',
        cost: 'browsers get sessions, other clients tokens; twice the surface to watch',
      },
    ]),
  },
  {
    name: 'jwtAlgorithm',
    flag: 'jwt-alg',
    label: 'JWT algorithm',
    question: 'How are tokens signed?',
    risk: 'Whoever holds the signing key can be any user.',
    asked: true,
    when: withTokens,
    kind: choiceKind([
      {
        value: 'HS256',
        title: 'HS256, one shared secret',
        cost: 'fastest; every service that verifies could also sign. Right for one service',
      },
      {
        value: 'EdDSA',
        title: 'EdDSA, Ed25519 key pair',
        cost: 'others verify with the published key and cannot sign; slower to verify',
      },
      {
        value: 'ES256',
        title: 'ES256, P-256 key pair',
        cost: 'as EdDSA, and understood by older gateways and key stores',
      },
    ]),
  },
  {
    name: 'refreshTransport',
    flag: 'refresh',
    label: 'Refresh token',
    question: 'How does the refresh token travel?',
    risk: 'It makes new access tokens for weeks: a script that reads it keeps the account.',
    asked: true,
    when: withTokens,
    kind: choiceKind([
      {
        value: 'cookie',
        title: 'HttpOnly cookie',
        cost: 'no script reads it; browsers on your own site only (SameSite=Strict)',
      },
      {
        value: 'body',
        title: 'Response body',
        cost: 'works on any site and in apps; the client must store it where no script reads it',
      },
    ]),
  },
  {
    name: 'revocation',
    flag: 'revocation',
    label: 'Revocation',
    question: 'When does a revoked login stop working?',
    risk: 'A logout that waits for expiry leaves a thief in until then.',
    asked: true,
    when: withTokens,
    kind: choiceKind([
      {
        value: 'expiry',
        title: 'When its access token expires',
        cost: 'no lookup; a revoked or stolen token still works for up to 10 minutes',
      },
      {
        value: 'instant',
        title: 'At once',
        cost: 'the login is looked up at each request; the speed of stateless tokens is gone',
      },
    ]),
  },
  {
    name: 'database',
    flag: 'database',
    label: 'Database',
    question: 'Which database?',
    risk: 'It holds the accounts and the logins.',
    asked: true,
    kind: choiceKind([
      {
        value: 'sqlite',
        title: 'SQLite, embedded',
        cost: 'one file, nothing to run; one server writes to it',
      },
      {
        value: 'postgres',
        title: 'PostgreSQL',
        cost: 'many servers at once; a network call for each query, one more server to run and back up',
      },
    ]),
  },
  {
    name: 'sessionStore',
    flag: 'session-store',
    label: 'Session store',
    question: 'Where are sessions kept?',
    risk: 'Whoever reads the store sees only hashes of the ids; whoever empties it logs everyone out.',
    asked: true,
    when: withSessions,
    kind: choiceKind([
      {
        value: 'database',
        title: 'In the database',
        cost: 'one indexed query a request; survives restarts, nothing more to run',
      },
      {
        value: 'redis',
        title: 'In Redis',
        cost: 'each request asks Redis and not the database; one more server to run, and both must be up',
      },
      {
        value: 'memory',
        title: 'In memory, for development only',
        cost: 'a restart logs everyone out; the program refuses it in production',
      },
    ]),
  },
  {
    name: 'hash',
    flag: 'hash',
    label: 'Password hash',
    question: 'How are passwords hashed?',
    risk: 'When the table leaks, the hash is all that stands between a thief and the passwords.',
    asked: true,
    kind: choiceKind([
      {
        value: 'argon2id',
        title: 'Argon2id',
        cost: 'memory-hard, first choice of OWASP; 19 MiB and some 10 ms for each login',
      },
      {
        value: 'bcrypt',
        title: 'bcrypt',
        cost: 'old and well known; 72 bytes at most (longer ones are refused), 0.2 s each login',
      },
      {
        value: 'scrypt',
        title: 'scrypt',
        cost: 'memory-hard and built into Node.js; 128 MiB for each login',
      },
      {
        value: 'pbkdf2',
        title: 'PBKDF2',
        cost: 'for FIPS rules; graphics cards guess it fastest of the four',
      },
    ]),
  },
  {
    name: 'corsOrigins',
    flag: 'cors',
    label: 'CORS origins',
    question: 'Which other origins may call it from a browser?',
    risk: 'Where cookies sign users in, a listed origin acts as its users. SameSite=Strict cookies do not come from another site: from there, use a subdomain of yours, or JWT with the refresh token in the body.',
    asked: true,
    kind: originsKind,
  },
  {
    name: 'helmet',
    flag: 'helmet',
    label: 'Headers',
    question: 'Which security headers?',
    risk: 'They tell browsers what to refuse when something else has already gone wrong.',
    asked: true,
    kind: choiceKind([
      {
        value: 'strict',
        title: 'Strict: an API that serves no pages',
        cost: 'nothing may load, frame or embed a response; a page served from here stays blank',
      },
      {
        value: 'web',
        title: 'Web: it also serves HTML',
        cost: 'scripts, styles and images of its own origin load; inline ones do not',
      },
      {
        value: 'custom',
        title: 'Custom: choose each header',
        cost: 'each header that you leave out is a defence less',
      },
    ]),
  },
  {
    name: 'helmetHeaders',
    flag: 'helmet-headers',
    label: 'Custom headers',
    question: 'Which headers are sent?',
    risk: 'A header that is left out protects nobody; a wrong one breaks pages, never data.',
    asked: true,
    when: {
      option: 'helmet',
      is: ['custom'],
      whyNot: 'it is about custom headers; give helmet custom',
    },
    kind: headersKind,
  },
  {
    name: 'testRunner',
    flag: 'test-runner',
    label: 'Test runner',
    question: 'What runs the tests?',
    asked: false,
    kind: choiceKind([
      { value: 'vitest', title: 'Vitest', cost: 'watch mode and clear diffs; one dependency more' },
      { value: 'node', title: 'node:test', cost: 'nothing to install; fewer comforts' },
    ]),
  },
  {
    name: 'packageManager',
    flag: 'package-manager',
    label: 'Packages by',
    question: 'Which package manager?',
    asked: false,
    kind: choiceKind([
      { value: 'npm', title: 'npm', cost: 'comes with Node.js' },
      { value: 'pnpm', title: 'pnpm', cost: 'must be installed' },
      { value: 'yarn', title: 'Yarn', cost: 'must be installed' },
      {
        value: 'bun',
        title: 'Bun',
        cost: 'must be installed; the project itself still runs on Node.js',
      },
    ]),
  },
  {
    name: 'git',
    flag: 'no-git',
    label: 'First commit',
    question: 'Make a git repository with a first commit?',
    asked: false,
    kind: switchKind,
  },
  {
    name: 'install',
    flag: 'no-install',
    label: 'Install now',
    question: 'Install the dependencies?',
    asked: false,
    kind: switchKind,
  },
];

/** The option of that name. */
export function optionNamed(name: OptionName): Option {
  const option = options.find((candidate) => candidate.name === name);
  if (option === undefined) throw new RangeError(`There is no option ${name}.`);
  return option;
}
