import type { RequestHandler } from "express";
import type { Log } from "../log.js";

/** One line for each request, without query, headers or body: those can hold credentials (ASVS v5.0.0-16.2.5). */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    // A connection that is closed has no address any more.
    const { ip } = req;
    res.once("close", () => {
      log.info(
        {
          method: req.method,
          path: req.originalUrl.split("?", 1)[0],
          status: res.writableFinished ? res.statusCode : "aborted",
          ms: Math.round(performance.now() - started),
          ip,
        },
        "request",
      );
    });
    next();
  };
}
