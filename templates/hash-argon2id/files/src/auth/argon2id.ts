import { hash, verify } from "@node-rs/argon2";
import type { PasswordAlgorithm } from "./password-algorithm.js";

/** OWASP Password Storage: 19 MiB of memory, 2 passes, 1 lane. `memoryCost` is in KiB. */
const ARGON2ID_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2id (RFC 9106): guessing costs memory as well as time, which graphics cards are short of. */
export function argon2id(
  cost: { memoryCost: number; timeCost: number; parallelism: number } = ARGON2ID_COST,
): PasswordAlgorithm {
  const parameters = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;
  return {
    hash: (password) => hash(password, cost),
    takes: () => true,
    recognises: (stored) => stored.startsWith("$argon2id$"),
    isCurrent: (stored) => stored.startsWith(parameters),
    verify: (stored, password) => verify(stored, password),
  };
}
