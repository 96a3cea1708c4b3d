import type { EnvVariable, Feature } from './feature.ts';

const LISTEN: readonly EnvVariable[] = [
  {
    name: 'HOST',
    comment: 'The address to listen on; in production the default is 0.0.0.0.',
    fallback: '127.0.0.1',
  },
  { name: 'PORT', comment: 'The port to listen on.', fallback: '3000' },
];

const LOG_LEVEL: EnvVariable = {
  name: 'LOG_LEVEL',
  comment: 'trace, debug, info, warn, error, fatal or silent.',
  fallback: 'info',
};

const TRUST_PROXY: EnvVariable = {
  name: 'TRUST_PROXY',
  comment:
    "Whose X-Forwarded-* headers are believed: the number of proxies in front, or their subnets. Never 'true'.",
  fallback: '0',
};

/** The frame of a project: the server, problem details, logs, its scripts and its documents. */
export const project: Feature = {
  id: 'project',
  when: () => true,
  dependencies: ['express', 'pino', 'zod'],
  devDependencies: ['@biomejs/biome', '@types/express', '@types/node', 'tsx', 'typescript'],
  scripts: {
    dev: 'tsx watch src/server.ts --development',
    build: 'tsc -p tsconfig.build.json',
    start: 'node --enable-source-maps dist/server.js',
    typecheck: 'tsc',
    lint: 'biome check',
    format: 'biome check --write',
    keys: 'tsx scripts/keys.ts',
    users: 'tsx src/manage-users.ts',
  },
  slots: ['settings.rows'],
  items: {
    'readme.securityFolder': ['headers'],
    'errors.problems': ['Problem'],
    'log.attacks': [
      'account.taken',
      'account.limited',
      'login.failed',
      'login.limited',
      'server.busy',
    ].map((event) => `"${event}"`),
    'log.sensitive': [
      '"password"',
      '"currentPassword"',
      '"newPassword"',
      '"passwordHash"',
      '"authorization"',
      '"cookie"',
      `'["set-cookie"]'`,
    ],
  },
  env: ({ host }) => (host ? [LOG_LEVEL] : [...LISTEN, LOG_LEVEL, TRUST_PROXY]),
};
