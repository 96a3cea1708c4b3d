import express, { type Router } from "express";
import { onlyMethods } from "../http/methods.js";
import { type Log, logEvent } from "../log.js";
import type { CredentialCheck } from "./credentials.js";
import type { Sessions } from "./sessions.js";
import { publicUser } from "./users.js";

/** Signing in with a session. */
export function sessionRoutes(services: {
  log: Log;
  signIn: CredentialCheck["signIn"];
  sessions: Sessions;
}): Router {
  const { log, signIn, sessions } = services;
  const router = express.Router();

  router
    .route("/login")
    .post(async (req, res) => {
      const user = await signIn(req);
      const loginId = await sessions.start(req, res, user);
      logEvent(log, "login.succeeded", { kind: "session", userId: user.id, loginId, ip: req.ip });
      res.json({ user: publicUser(user) });
    })
    .all(onlyMethods("POST"));

  return router;
}
