import type { Claim } from './claim.ts';
import { cookieClaims } from './claims/cookies.ts';
import { corsClaims } from './claims/cors.ts';
import { crossSiteClaims } from './claims/cross-site.ts';
import { pageClaims } from './claims/pages.ts';

/** Everything that is held against projects in a browser. */
export const CLAIMS: readonly Claim[] = [
  ...cookieClaims,
  ...crossSiteClaims,
  ...corsClaims,
  ...pageClaims,
];
