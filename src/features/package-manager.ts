import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';

/** What the documents and operations files need to know of one package manager. */
interface Commands {
  /** Its lock file, and what else of it must stand beside package.json. */
  readonly lockFiles: string;
  /** Installs exactly what the lock file says. */
  readonly installLocked: string;
  /** The same without what only development needs. */
  readonly installProduction: string;
  /** Runs the tests, and the server that was built. */
  readonly test: string;
  readonly start: string;
  /** Runs the script `users` with arguments. */
  readonly users: string;
}

function packageManager(
  id: Answers['packageManager'],
  commands: Commands,
  packageJson: Readonly<Record<string, unknown>> = {},
): Feature {
  return {
    id: `package-manager-${id}`,
    when: (answers) => answers.packageManager === id,
    items: Object.fromEntries(
      Object.entries(commands).map(([name, command]) => [`packages.${name}`, [command]]),
    ),
    packageJson,
  };
}

export const packageManagers: readonly Feature[] = [
  packageManager(
    'npm',
    {
      lockFiles: 'package-lock.json',
      installLocked: 'npm ci',
      installProduction: 'npm ci --omit=dev',
      test: 'npm test',
      start: 'npm start',
      users: 'npm run users --',
    },
    // Their install scripts are not needed: both come with their binary.
    { allowScripts: { esbuild: false, fsevents: false } },
  ),
  packageManager('pnpm', {
    lockFiles: 'pnpm-lock.yaml pnpm-workspace.yaml',
    installLocked: 'pnpm install --frozen-lockfile',
    installProduction: 'pnpm install --frozen-lockfile --prod',
    test: 'pnpm test',
    start: 'pnpm start',
    users: 'pnpm run users',
  }),
  packageManager('yarn', {
    lockFiles: 'yarn.lock .yarnrc.yml',
    installLocked: 'yarn install --frozen-lockfile',
    // Yarn 1 has a flag for it, later versions a command.
    installProduction:
      'yarn install --frozen-lockfile --production || yarn workspaces focus --production',
    test: 'yarn test',
    start: 'yarn start',
    users: 'yarn run users',
  }),
  packageManager('bun', {
    lockFiles: 'bun.lock',
    installLocked: 'bun install --frozen-lockfile',
    installProduction: 'bun install --frozen-lockfile --production',
    test: 'bun run test',
    start: 'bun run start',
    users: 'bun run users',
  }),
];
