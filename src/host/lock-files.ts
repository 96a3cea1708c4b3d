import type { HostShape } from './shape.ts';

/** What an installation writes beside node_modules, and which package manager does. */
export const LOCK_FILES: readonly (readonly [string, HostShape['packageManager']])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];
