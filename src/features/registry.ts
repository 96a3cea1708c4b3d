import { accountsKnown, auth, names, waysToSignIn } from './auth.ts';
import { cookies, cookiesNone, cors, corsNone, corsPatterns } from './browser.ts';
import { databases } from './database.ts';
import type { Feature } from './feature.ts';
import { hashes } from './hash.ts';
import { helmets } from './helmet.ts';
import { jwtFeatures } from './jwt.ts';
import { packageManagers } from './package-manager.ts';
import { places } from './place.ts';
import { project } from './project.ts';
import { loginFeatures } from './redis.ts';
import { randomSecrets, secrets, twoSecrets } from './secrets.ts';
import { sessionFeatures } from './session.ts';
import { testRunners } from './test-runner.ts';

/** Every feature, in the order in which they fill a slot: what comes first sees a request first. */
export const FEATURES: readonly Feature[] = [
  project,
  ...places,
  ...databases,
  auth,
  ...accountsKnown,
  ...names,
  ...helmets,
  cors,
  corsPatterns,
  corsNone,
  cookies,
  cookiesNone,
  secrets,
  twoSecrets,
  randomSecrets,
  ...sessionFeatures,
  ...jwtFeatures,
  ...loginFeatures,
  ...hashes,
  ...testRunners,
  ...packageManagers,
  // Last: what they say of the whole follows what the parts say.
  ...waysToSignIn,
];
