import type { RequestHandler } from "express";
import { Problem } from "./problem.js";

/** Ends a route: any method but those before it is 405 with Allow (RFC 9110 15.5.6). */
export function onlyMethods(...methods: string[]): RequestHandler {
  const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
  return (req, res) => {
    res.set("Allow", allow.join(", "));
    if (req.method === "OPTIONS") {
      res.status(204).end();
      return;
    }
    throw new Problem(405, "method_not_allowed", `Use ${allow.join(" or ")} here.`);
  };
}
