import express, { type RequestHandler } from "express";
import { Problem } from "./problem.js";

const parse = express.json({ limit: "16kb", inflate: false });

/**
 * Reads JSON bodies and refuses every other kind with 415: a form or text/plain body is what a browser sends across
 * origins without asking first (ASVS v5.0.0-3.5.2). Small, and never decompressed, so that no body can be a bomb.
 */
export const jsonBody: RequestHandler = (req, res, next) => {
  const { headers } = req;
  const hasBody =
    headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (!hasBody) return next();
  if (!req.is("application/json")) {
    if (headers["transfer-encoding"] === undefined) throw unsupported();
    // In chunks: whether there is a body at all, only reading tells.
    req.once("readable", () => next(req.read() === null ? undefined : unsupported()));
    return;
  }
  parse(req, res, next);
};

function unsupported(): Problem {
  return new Problem(415, "unsupported_media_type", "Send the body as application/json.", {
    headers: { "Accept-Post": "application/json" },
  });
}
