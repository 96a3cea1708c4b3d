import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { ZodError } from "zod";
import type { Log } from "../log.js";
import { Problem } from "./problem.js";

/** Answers a path that no route knows. */
export const notFound: RequestHandler = () => {
  throw new Problem(404, "not_found", "There is nothing at this address.");
};

/**
 * Turns whatever a handler threw into problem details; only a `Problem` says more than its status
 * (ASVS v5.0.0-16.5.1).
 *
 * @param challenges how a client may authenticate, for the WWW-Authenticate of a 401 (RFC 9110 15.5.2)
 */
export function errorHandler(log: Log, challenges: readonly string[]): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const problem = toProblem(error);
    if (problem) {
      if (problem.status === 401) res.set("WWW-Authenticate", challengesFor(problem, challenges));
      return sendProblem(res, problem);
    }

    // The client gets a reference, the log gets the reason.
    const reference = randomUUID();
    log.error({ err: error, reference }, "request failed");
    sendProblem(
      res,
      new Problem(500, "internal_error", "Something went wrong on our side.", {
        members: { instance: `urn:uuid:${reference}` },
      }),
    );
  };
}

function sendProblem(res: Response, problem: Problem): void {
  const { status, code, detail, extra } = problem;
  if (extra.headers) res.set(extra.headers);
  const title = STATUS_CODES[status];
  res
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title, status, code, detail, ...extra.members }));
}

/** A problem's own challenge stands in for the general one that it begins with. */
function challengesFor({ extra }: Problem, challenges: readonly string[]): string[] {
  const own = extra.challenge;
  return own ? [own, ...challenges.filter((general) => !own.startsWith(general))] : [...challenges];
}

function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return new Problem(400, "invalid_request", "The request body does not fit.", {
      members: { errors },
    });
  }
  return fromExpress(error);
}

/** Express, its router and its body parser mark what the client did wrong with a 4xx `status`. */
function fromExpress(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  switch (error.status) {
    case 400:
      return new Problem(400, "bad_request", "The request cannot be read.");
    case 413:
      return new Problem(413, "too_large", "The request body is too large.");
    case 415:
      return new Problem(415, "unsupported_media_type", "Send the body as plain UTF-8 JSON.");
    default:
      return undefined;
  }
}
