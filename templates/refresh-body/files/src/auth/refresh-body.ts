import type { Request } from "express";
import { z } from "zod";

const refreshBody = z.strictObject({ refreshToken: z.string().max(256) });

/** The refresh token that a client sends as `{ "refreshToken": "..." }`. */
export function readRefreshToken(req: Request): string {
  return refreshBody.parse(req.body).refreshToken;
}
