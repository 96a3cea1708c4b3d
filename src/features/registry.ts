import { auth, waysToSignIn } from './auth.ts';
import { cookies, cors, corsNone, corsPatterns } from './browser.ts';
import { databaseSqlite } from './database.ts';
import type { Feature } from './feature.ts';
import { hashes } from './hash.ts';
import { helmets } from './helmet.ts';
import { jwtFeatures } from './jwt.ts';
import { packageManagers } from './package-manager.ts';
import { project } from './project.ts';
import { secrets } from './secrets.ts';
import { sessionFeatures } from './session.ts';
import { testRunners } from './test-runner.ts';

/** Every feature, in the order in which they fill a slot: what comes first sees a request first. */
export const FEATURES: readonly Feature[] = [
  project,
  databaseSqlite,
  auth,
  ...helmets,
  cors,
  corsPatterns,
  corsNone,
  cookies,
  secrets,
  ...sessionFeatures,
  ...jwtFeatures,
  ...hashes,
  ...testRunners,
  ...packageManagers,
  // Last: what they say of the whole follows what the parts say.
  ...waysToSignIn,
];
