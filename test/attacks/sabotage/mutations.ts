import { httpMutations } from './http.ts';
import { loginMutations } from './logins.ts';
import type { Mutation } from './mutation.ts';
import { tokenMutations } from './tokens.ts';

/** Every mutation, by the attack that must catch it. */
export const MUTATIONS: readonly Mutation[] = [
  ...tokenMutations,
  ...loginMutations,
  ...httpMutations,
].sort((one, other) => one.attack - other.attack);
