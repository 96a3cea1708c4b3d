import { cookieMutations } from './cookies.ts';
import { disclosureMutations } from './disclosure.ts';
import { eddsaMutations } from './eddsa.ts';
import { hashMutations } from './hashes.ts';
import { headerMutations } from './headers.ts';
import { httpMutations } from './http.ts';
import { loginMutations } from './logins.ts';
import type { Mutation } from './mutation.ts';
import { settingMutations } from './settings.ts';
import { storeMutations } from './stores.ts';
import { tokenMutations } from './tokens.ts';

/** Every mutation, by the attack that must catch it. */
export const MUTATIONS: readonly Mutation[] = [
  ...tokenMutations,
  ...eddsaMutations,
  ...loginMutations,
  ...storeMutations,
  ...cookieMutations,
  ...httpMutations,
  ...headerMutations,
  ...hashMutations,
  ...disclosureMutations,
  ...settingMutations,
].sort((one, other) => one.attack - other.attack);
