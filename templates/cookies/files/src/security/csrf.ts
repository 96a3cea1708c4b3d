import type { Request, RequestHandler } from "express";
import { Problem } from "../http/problem.js";
import { type Log, logEvent } from "../log.js";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses unsafe requests that another site made the browser send (ASVS v5.0.0-3.5.1). SameSite=Strict stops most of
 * them; this also stops a sibling subdomain, and a sign-in that somebody else starts.
 *
 * @param isAllowedOrigin tells which other origins may send such requests
 */
export function csrf(log: Log, isAllowedOrigin: (origin: string) => boolean): RequestHandler {
  return (req, _res, next) => {
    if (SAFE_METHODS.has(req.method)) return next();
    const origin = req.get("Origin");
    const allowed = origin !== undefined && isAllowedOrigin(origin);

    const site = req.get("Sec-Fetch-Site");
    if (site === "same-origin" || site === "none" || allowed) return next();
    // Before 2023 some browsers sent no Sec-Fetch-Site; what sends neither header is no browser.
    if (site === undefined && (origin === undefined || isOwnOrigin(req, origin))) return next();

    logEvent(log, "request.cross_site", { ip: req.ip, origin, site, path: req.path });
    throw new Problem(403, "cross_site_request", "This request came from another site.");
  };
}

/** A page of the same host. Plain http counts only where this request came over plain http too. */
function isOwnOrigin(req: Request, origin: string): boolean {
  return origin === `https://${req.host}` || origin === `${req.protocol}://${req.host}`;
}
