import type { Request } from "express";
import { z } from "zod";
import { readBody } from "../http/read-body.js";

const refreshBody = z.strictObject({ refreshToken: z.string().max(256) });

/** The refresh token that a client sends as `{ "refreshToken": "..." }`. */
export function readRefreshToken(req: Request): string {
  return readBody(refreshBody, req).refreshToken;
}
