import express, { type Request, type RequestHandler } from "express";
import { Problem } from "./problem.js";

const parse = express.json({ limit: "16kb", inflate: false });
const MOST_BYTES = 16 * 1024;
const unreadable = new WeakMap<Request, unknown>();

/**
 * Keeps what the app's own parser said of a body that it could not read, for `jsonBody` to answer.
 *
 * @returns whether the error is of that kind; every other one is the app's own matter
 */
export function keepParserError(req: Request, error: unknown): boolean {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status !== 400 && status !== 413 && status !== 415) return false;
  unreadable.set(req, error);
  return true;
}

/**
 * Reads JSON bodies and refuses every other kind with 415: a form or text/plain body is what a browser sends across
 * origins without asking first (ASVS v5.0.0-3.5.2). Small, and never decompressed, so that no body can be a bomb.
 * Where the app has read the body already, its reading of it holds.
 */
export const jsonBody: RequestHandler = (req, res, next) => {
  if (unreadable.has(req)) return next(unreadable.get(req));
  const { headers } = req;
  const hasBody =
    headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (!hasBody) {
    // Some parsers say {} where there is no body.
    req.body = undefined;
    return next();
  }
  if (!req.is("application/json")) {
    throw new Problem(415, "unsupported_media_type", "Send the body as application/json.", {
      headers: { "Accept-Post": "application/json" },
    });
  }
  if (!req.readableEnded) return parse(req, res, next);
  req.body = parsed(req);
  next();
};

/** What the app has made of the body: an object, or its text or bytes. */
function parsed({ body, headers }: Request): unknown {
  if (Number(headers["content-length"] ?? 0) > MOST_BYTES) {
    throw new Problem(413, "too_large", "The request body is too large.");
  }
  if (typeof body !== "string" && !Buffer.isBuffer(body)) return body;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Problem(400, "bad_request", "The request cannot be read.");
  }
}
