import type { Edit } from '../lab/edits.ts';
import type { SabotagedName } from './variants.ts';

/** One defence taken out of the generated code; the attack that it is a defence against must notice. */
export interface Mutation {
  /** The attack that must turn red. */
  readonly attack: number;
  /** What the code does now, in a few words. */
  readonly name: string;
  readonly variant: SabotagedName;
  readonly edits: readonly Edit[];
  /** Set where no other attack can notice, so that none is tried. */
  readonly alone?: true;
  /** Why it opens nothing in the host that is sabotaged, where something else is a defence too. */
  readonly harmlessInHost?: string;
}

/** An edit. */
export function change(file: string, search: string, replace: string): Edit {
  return { file, search, replace };
}

/** An edit that puts code before other code. */
export function before(file: string, search: string, code: string): Edit {
  return { file, search, replace: `${code}${search}` };
}

/** An edit that puts code after other code. */
export function after(file: string, search: string, code: string): Edit {
  return { file, search, replace: `${search}${code}` };
}
