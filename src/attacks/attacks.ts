import type { Attack } from './attack.ts';
import { claimAttacks } from './claims.ts';
import { corsAttacks } from './cors.ts';
import { csrfAttacks } from './csrf.ts';
import { deploymentAttacks } from './deployment.ts';
import { enumerationAttacks } from './enumeration.ts';
import { guessingAttacks } from './guessing.ts';
import { headerAttacks } from './headers.ts';
import { inputAttacks } from './input.ts';
import { signatureAttacks } from './jwt.ts';
import { loadAttacks } from './load.ts';
import { passwordAttacks } from './passwords.ts';
import { refreshAttacks } from './refresh.ts';
import { revocationAttacks } from './revocation.ts';
import { sessionAttacks } from './session.ts';

/** Every attack, by its number. */
export const ATTACKS: readonly Attack[] = [
  ...signatureAttacks,
  ...claimAttacks,
  ...revocationAttacks,
  ...refreshAttacks,
  ...sessionAttacks,
  ...csrfAttacks,
  ...corsAttacks,
  ...headerAttacks,
  ...passwordAttacks,
  ...guessingAttacks,
  ...enumerationAttacks,
  ...inputAttacks,
  ...loadAttacks,
  ...deploymentAttacks,
].sort((one, other) => one.id - other.id);
