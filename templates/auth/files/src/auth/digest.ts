import { hash } from "node:crypto";

/**
 * SHA-256 as base64url, for values that the server drew itself with 128 bits or more: nothing slower is needed to
 * keep a copy of the database from being used to sign in.
 */
export function digest(value: string | Buffer): string {
  return hash("sha256", value, "base64url");
}
