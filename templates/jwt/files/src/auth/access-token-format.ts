import { z } from "zod";
import type { Auth } from "./authenticate.js";

/** Whom a token speaks for, and by which login. */
export type Subject = Pick<Auth, "userId" | "loginId">;

type Header = Readonly<Record<string, unknown>> & { readonly kid?: unknown };

/**
 * Reads the header of a token in the one spelling that is allowed, three parts of canonical base64url. Libraries also
 * take padding, spaces or stray bits, so that one token could be written in many ways (RFC 7515 2, 7.1).
 *
 * @returns the header's members, or undefined where the text is no such token
 */
export function readHeader(token: string): Header | undefined {
  if (token.length > MAX_LENGTH) return undefined;
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(parts[0] ?? "", "base64url").toString());
    return headerSchema.safeParse(header).data;
  } catch {
    return undefined;
  }
}

/**
 * Tells whether a header says what this server writes and nothing else: no other algorithm or type, and no key, address
 * of a key or extension, gets a say (RFC 8725 3.1, 3.10).
 */
export function headerEquals(header: Header, expected: Header): boolean {
  const names = Object.keys(expected);
  return (
    Object.keys(header).length === names.length &&
    names.every((name) => header[name] === expected[name])
  );
}

/** The claims that make a token ours; what the library checked (signature, iss, aud, exp) is not looked at again. */
export function claimsOf(claims: unknown): Subject | undefined {
  const { data } = claimsSchema.safeParse(claims);
  return data && { userId: data.sub, loginId: data.sid };
}

const MAX_LENGTH = 4096;

const headerSchema = z.record(z.string(), z.unknown());

/** `exp` and `iat` must be there and be numbers: a library takes a token without `exp` for one that never ends. */
const claimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.uuid(),
  iat: z.number(),
  exp: z.number(),
});

function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}
