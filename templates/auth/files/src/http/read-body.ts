import type { Request } from "express";
import type { ZodType } from "zod";
import { Problem } from "./problem.js";

/**
 * Reads from a body what a route wants of it.
 *
 * @throws {Problem} 400 that says what does not fit
 */
export function readBody<Wanted>(schema: ZodType<Wanted>, req: Request): Wanted {
  const { data, error } = schema.safeParse(req.body);
  if (!error) return data;
  const errors = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new Problem(400, "invalid_request", "The request body does not fit.", {
    members: { errors },
  });
}
