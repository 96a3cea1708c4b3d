import { attackedHash } from '../record/attacked-hash.ts';
import { MUTATIONS } from './mutations.ts';
import { SABOTAGED } from './variants.ts';

/** What decides how a run of all mutations ends: see `attackedHash`. */
export function sabotageHash(): Promise<string> {
  return attackedHash(
    Object.entries(SABOTAGED).map(([label, answers]) => ({ label, answers })),
    MUTATIONS.map(({ attack, name, variant, edits }) => ({ attack, name, variant, edits })),
  );
}
