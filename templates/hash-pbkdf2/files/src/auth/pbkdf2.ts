import { pbkdf2 as pbkdf2Callback, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { PasswordAlgorithm } from "./password-algorithm.js";

/** OWASP Password Storage, for HMAC-SHA-256. */
const PBKDF2_ITERATIONS = 600_000;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** PBKDF2-HMAC-SHA-256 (RFC 8018), the one that FIPS 140 allows: costs time but no memory. */
export function pbkdf2(iterations: number = PBKDF2_ITERATIONS): PasswordAlgorithm {
  const parameters = `$pbkdf2-sha256$i=${iterations}$`;
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return `${parameters}${encode(salt)}$${encode(await derive(password, salt, iterations))}`;
    },
    takes,
    recognises: (stored) => stored.startsWith("$pbkdf2-sha256$"),
    isCurrent: (stored) => stored.startsWith(parameters),
    async verify(stored, password) {
      const [, used, salt, hash] = PHC.exec(stored) ?? [];
      if (!salt || !hash) throw new Error("a stored PBKDF2 hash cannot be read");
      const derived = await derive(password, Buffer.from(salt, "base64"), Number(used));
      const matches = timingSafeEqual(derived, Buffer.from(hash, "base64"));
      return matches && takes(password);
    },
  };
}

/** HMAC fills a short key up with NULs, so that it cannot tell `x` from `x\0` (RFC 2104 2). */
function takes(password: string): boolean {
  return !password.includes("\0");
}

const PHC = /^\$pbkdf2-sha256\$i=(\d+)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

const pbkdf2Async = promisify(pbkdf2Callback);

function derive(password: string, salt: Buffer, iterations: number): Promise<Buffer> {
  return pbkdf2Async(password, salt, iterations, HASH_BYTES, "sha256");
}

/** PHC strings use base64 without padding. */
function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
