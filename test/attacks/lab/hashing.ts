import type { Hashing } from '../../../src/attacks/attack.ts';
import type { Answers } from '../../../src/options/answers.ts';
import type { Edit } from './edits.ts';

/**
 * What a password costs is, beside the time of a lock, the one thing that is changed in the projects under attack: the
 * number comes from the environment, so that attacks which are not about hashing need not wait for it. Where nothing is
 * set it is the project's own, and attacks on hashing run with that.
 */
const COST = 'process.env.LAB_HASH_COST';

interface Knob {
  readonly edit: Edit;
  /** The first number in the hash's parameters: what it is in earnest comes from the project. */
  readonly cost: Readonly<Record<Exclude<Hashing, 'real'>, number>>;
}

const KNOBS: Readonly<Record<Answers['hash'], Knob>> = {
  argon2id: {
    edit: knob('argon2id', 'memoryCost: 19_456', '19_456', 'memoryCost: '),
    cost: { measurable: 19_456, cheap: 64 },
  },
  bcrypt: {
    edit: knob('bcrypt', 'BCRYPT_COST = 12', '12', 'BCRYPT_COST = '),
    cost: { measurable: 8, cheap: 4 },
  },
  scrypt: {
    edit: knob('scrypt', 'ln: 17', '17', 'ln: '),
    cost: { measurable: 13, cheap: 4 },
  },
  pbkdf2: {
    edit: knob('pbkdf2', 'PBKDF2_ITERATIONS = 600_000', '600_000', 'PBKDF2_ITERATIONS = '),
    cost: { measurable: 40_000, cheap: 100 },
  },
};

/** Makes the cost of a hash a matter of the environment. */
export function hashingEdit(hash: Answers['hash']): Edit {
  return KNOBS[hash].edit;
}

/** The setting that makes passwords cost so much. */
export function hashingSetting(hash: Answers['hash'], hashing: Hashing): Record<string, string> {
  return hashing === 'real' ? {} : { LAB_HASH_COST: String(KNOBS[hash].cost[hashing]) };
}

function knob(file: string, search: string, number: string, before: string): Edit {
  return {
    file: `src/auth/${file}.ts`,
    search,
    replace: `${before}Number(${COST} ?? ${number})`,
  };
}
