import type { Answers } from '../options/answers.ts';

/** The message of a project's first commit. */
export const FIRST_COMMIT = 'Create the project with create-secure-express';

/** What makes a repository with a first commit. */
export const GIT_BY_HAND = `git init && git add --all && git commit -m "${FIRST_COMMIT}"`;

type PackageManager = Answers['packageManager'];

/** What people type, by package manager. */
const COMMANDS: {
  readonly [Name in PackageManager]: { readonly [Task in 'install' | 'dev' | 'test']: string };
} = {
  npm: { install: 'npm install', dev: 'npm run dev', test: 'npm test' },
  pnpm: { install: 'pnpm install', dev: 'pnpm dev', test: 'pnpm test' },
  yarn: { install: 'yarn install', dev: 'yarn dev', test: 'yarn test' },
  bun: { install: 'bun install', dev: 'bun run dev', test: 'bun run test' },
};

/**
 * The package manager that ran us.
 *
 * @param userAgent of `npm_config_user_agent`, which all four set, for example `pnpm/10.1.0 npm/? node/v22.1.0`.
 * @returns npm where none of the four did.
 */
export function detectPackageManager(userAgent: string | undefined): PackageManager {
  const name = userAgent?.split('/')[0] ?? '';
  return Object.hasOwn(COMMANDS, name) ? (name as PackageManager) : 'npm';
}

/** The command that installs a project's dependencies. */
export function installCommand(packageManager: PackageManager): string {
  return COMMANDS[packageManager].install;
}

/** The command that starts the servers that a project needs beside itself, if it needs any. */
export function storesCommand({ database, sessionStore }: Answers): readonly string[] {
  return database === 'sqlite' && sessionStore !== 'redis' ? [] : ['docker compose up --wait'];
}

/** The command that starts a project for development. */
export function devCommand(packageManager: PackageManager): string {
  return COMMANDS[packageManager].dev;
}

/** The command that runs a project's tests. */
export function testCommand(packageManager: PackageManager): string {
  return COMMANDS[packageManager].test;
}

/** Where a project listens whose `.env` nobody has changed. */
export const ADDRESS = 'http://127.0.0.1:3000';

/** The first line of what a project's README has to try. */
export const FIRST_REQUEST =
  "curl -s -H 'Content-Type: application/json' " +
  `-d '{"email":"ada@example.com","password":"the old cat sat in the sun"}' ${ADDRESS}/auth/register`;
