/** The versions that generated projects ask for: one place to raise them, each tried in the whole matrix. */
export const VERSIONS = {
  '@biomejs/biome': '^2.6.8',
  '@node-rs/argon2': '^2.2.1',
  '@node-rs/bcrypt': '^2.0.0',
  '@types/cors': '^2.8.19',
  '@types/express': '^5.0.6',
  '@types/express-session': '^1.19.0',
  '@types/jsonwebtoken': '^9.0.10',
  '@types/node': '^20.19.0',
  cookie: '^1.1.1',
  cors: '^2.8.6',
  'drizzle-kit': '^0.31.11',
  'drizzle-orm': '^0.45.4',
  express: '^5.3.0',
  'express-session': '^1.19.0',
  helmet: '^8.3.0',
  jose: '^6.2.18',
  jsonwebtoken: '^9.0.3',
  libsql: '^0.5.29',
  pino: '^10.4.0',
  'rate-limiter-flexible': '^11.4.0',
  tsx: '^4.23.15',
  typescript: '^7.0.2',
  vitest: '^4.1.0',
  zod: '^4.6.7',
} as const;

export type PackageName = keyof typeof VERSIONS;
