import { reconcile } from '../merge/version-range.ts';
import type { HostNeeds } from '../render/host-module.ts';
import { type PackageJson, rangeOf } from './package-facts.ts';
import type { HostShape } from './shape.ts';

/**
 * Packages that only our own files meet, so that a second version can stand beside the host's. The others are handed
 * from package to package: drizzle-orm to its driver, redis to the store of sessions.
 */
const MAY_STAND_BESIDE: ReadonlySet<string> = new Set([
  '@node-rs/argon2',
  '@node-rs/bcrypt',
  'cookie',
  'cookie-signature',
  'cors',
  'express-session',
  'helmet',
  'jose',
  'jsonwebtoken',
  'pino',
  'rate-limiter-flexible',
  'zod',
]);

/**
 * Under which names the module has its own versions of packages, where the host's are such that it cannot use them: so
 * the host's stay as they are.
 *
 * @param json the host's, as it was before ours came.
 */
export function aliasesFor(
  json: PackageJson,
  { dependencies }: Pick<HostNeeds, 'dependencies'>,
): NonNullable<HostShape['aliases']> {
  return Object.fromEntries(
    Object.entries(dependencies).flatMap(([name, needed]) => {
      const present = rangeOf(json, name);
      if (present === undefined || !MAY_STAND_BESIDE.has(name)) return [];
      if (reconcile(present, needed) !== undefined) return [];
      const major = /\d+/.exec(needed)?.[0] ?? '';
      return [[name, `${name}-${major}`]];
    }),
  );
}
