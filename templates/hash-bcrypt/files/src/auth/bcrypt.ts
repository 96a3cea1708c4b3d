import { hash, verify } from "@node-rs/bcrypt";
import type { PasswordAlgorithm } from "./password-algorithm.js";

/** OWASP Password Storage: at least 10; each step doubles the work. */
const BCRYPT_COST = 12;

/**
 * bcrypt, stored as its own `$2b$` strings.
 *
 * It reads 72 bytes and no more, and repeats a shorter password with a NUL between: so longer passwords and ones that
 * hold a NUL are refused, because others would open the same account (ASVS v5.0.0-6.2.8).
 */
export function bcrypt(cost: number = BCRYPT_COST): PasswordAlgorithm {
  return {
    hash: (password) => hash(password, { cost }),
    takes,
    recognises: (stored) => /^\$2[aby]\$/.test(stored),
    isCurrent: (stored) => stored.startsWith(`$2b$${String(cost).padStart(2, "0")}$`),
    async verify(stored, password) {
      const matches = await verify(password, stored);
      return matches && takes(password);
    },
  };
}

function takes(password: string): boolean {
  return Buffer.byteLength(password) <= 72 && !password.includes("\0");
}
