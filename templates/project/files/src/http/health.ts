import express, { type Router } from "express";
import { onlyMethods } from "./methods.js";
import { Problem } from "./problem.js";

/** `/healthz`: the process runs. `/readyz`: it can do its work; a load balancer stops sending traffic on 503. */
export function healthRoutes(ready: () => Promise<void>): Router {
  const router = express.Router();
  router
    .route("/healthz")
    .get((_req, res) => {
      res.json({ status: "ok" });
    })
    .all(onlyMethods("GET"));
  router
    .route("/readyz")
    .get(async (_req, res) => {
      await ready().catch(() => {
        throw new Problem(503, "not_ready", "A store is out of reach, or the server is stopping.");
      });
      res.json({ status: "ready" });
    })
    .all(onlyMethods("GET"));
  return router;
}
