import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { RequestHandler } from "express";
import {
  cors,
  createOriginCheck,
  DEFAULT_ORIGINS,
  isConfidential,
  originList,
} from "./security/cors.js";

/**
 * Lets pages of the origins in CORS_ORIGINS read what the app answers, and nobody else's: mount it before your routes.
 *
 * @throws where one of them is malformed or, but in development and tests, not https
 */
export function secureCors(): RequestHandler {
  // What is set already counts more than the file does.
  const file = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
  const { NODE_ENV, CORS_ORIGINS }: NodeJS.ProcessEnv = { ...file, ...process.env };
  const { data: origins, error } = originList(DEFAULT_ORIGINS).safeParse(CORS_ORIGINS || undefined);
  if (!origins) {
    const reasons = error.issues.map(({ message }) => message);
    throw new Error(`CORS_ORIGINS: ${reasons.join("; ")}`);
  }
  const isAtHome = NODE_ENV === "development" || NODE_ENV === "test";
  if (!isAtHome && !origins.every(isConfidential)) {
    throw new Error("CORS_ORIGINS: must be https, because anyone on the network path can forge http");
  }
  return cors(createOriginCheck(origins));
}
