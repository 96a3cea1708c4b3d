import {
  randomBytes,
  type ScryptOptions,
  scrypt as scryptCallback,
  timingSafeEqual,
} from "node:crypto";
import type { PasswordAlgorithm } from "./password-algorithm.js";

/** OWASP Password Storage: 2^17 blocks of 1 KiB, so 128 MiB for each password. */
const SCRYPT_COST = { ln: 17, r: 8, p: 1 } as const;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** scrypt (RFC 7914), from Node itself: costs memory, and needs no package. */
export function scrypt(
  cost: { ln: number; r: number; p: number } = SCRYPT_COST,
): PasswordAlgorithm {
  const parameters = `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$`;
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return `${parameters}${encode(salt)}$${encode(await derive(password, salt, cost))}`;
    },
    takes,
    recognises: (stored) => stored.startsWith("$scrypt$"),
    isCurrent: (stored) => stored.startsWith(parameters),
    async verify(stored, password) {
      const [, ln, r, p, salt, hash] = PHC.exec(stored) ?? [];
      if (!salt || !hash) throw new Error("a stored scrypt hash cannot be read");
      const used = { ln: Number(ln), r: Number(r), p: Number(p) };
      const derived = await derive(password, Buffer.from(salt, "base64"), used);
      const matches = timingSafeEqual(derived, Buffer.from(hash, "base64"));
      return matches && takes(password);
    },
  };
}

/** HMAC fills a short key up with NULs, so that it cannot tell `x` from `x\0` (RFC 2104 2). */
function takes(password: string): boolean {
  return !password.includes("\0");
}

const PHC = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

function derive(
  password: string,
  salt: Buffer,
  { ln, r, p }: { ln: number; r: number; p: number },
): Promise<Buffer> {
  const N = 2 ** ln;
  // Node refuses to use more than 32 MiB unless it is told the need, which is a little over 128 * N * r bytes.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scryptCallback(password, salt, HASH_BYTES, options, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}

/** PHC strings use base64 without padding. */
function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
