import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import { onlyMethods } from "../http/methods.js";
import { Problem } from "../http/problem.js";
import { type Log, logEvent } from "../log.js";
import { addressKey } from "./address-key.js";
import { getAuth, unauthenticated } from "./authenticate.js";
import { type CredentialCheck, newAccount } from "./credentials.js";
import type { FailureLimits } from "./failure-limits.js";
import type { Logins } from "./logins.js";
import type { PasswordPolicy } from "./password-policy.js";
import type { Passwords } from "./passwords.js";
import { publicUser, type Users } from "./users.js";

const passwordChange = z.strictObject({ currentPassword: z.string(), newPassword: z.string() });

/** What users do with their account: register, see it, change the password, see and end their logins. */
export function accountRoutes(services: {
  log: Log;
  users: Users;
  logins: Logins;
  limits: FailureLimits;
  passwords: Passwords;
  checkNewPassword: PasswordPolicy;
  tryPassword: CredentialCheck["tryPassword"];
  requireAuth: RequestHandler;
}): Router {
  const { log, users, logins, limits, passwords, requireAuth } = services;
  const { checkNewPassword, tryPassword } = services;
  const router = express.Router();

  router
    .route("/register")
    .post(async (req, res) => {
      const { email, password } = newAccount.parse(req.body);
      checkNewPassword(password, email);
      const known = await users.findByEmail(email);
      const hash = () => passwords.hash(password, addressKey(req.ip ?? ""));
      const user = known ? undefined : await users.register(email, await hash());
      if (!user) {
        // That an email is taken is told, because a person must know; so it is limited how often.
        await countTaken(req.ip);
        throw new Problem(409, "email_taken", "There is an account with this email.");
      }
      logEvent(log, "account.registered", { userId: user.id, ip: req.ip });
      res.status(201).json({ user: publicUser(user) });
    })
    .all(onlyMethods("POST"));

  /** @throws {Problem} 429 after too many */
  const countTaken = async (ip: string | undefined): Promise<void> => {
    logEvent(log, "account.taken", { ip });
    await limits.countTaken(ip ?? "").catch((error: unknown) => {
      if (error instanceof Problem) logEvent(log, "account.limited", { ip });
      throw error;
    });
  };

  router
    .route("/me")
    .get(requireAuth, async (req, res) => {
      const auth = getAuth(req);
      const user = auth.user ?? (await users.findActive(auth.userId));
      if (!user) throw unauthenticated();
      res.json({ user: publicUser(user) });
    })
    .all(onlyMethods("GET"));

  router
    .route("/password")
    .post(requireAuth, async (req, res) => {
      const { currentPassword, newPassword } = passwordChange.parse(req.body);
      const { userId, loginId } = getAuth(req);
      const user = await users.findActive(userId);
      if (!user) throw unauthenticated();

      if (!(await tryPassword(req, user.email, user, currentPassword))) {
        throw new Problem(403, "wrong_password", "The current password is wrong.");
      }
      checkNewPassword(newPassword, user.email);
      const hash = await passwords.hash(newPassword, addressKey(req.ip ?? ""));
      if (!(await users.changePassword(user, hash, loginId))) throw changedMeanwhile();
      logEvent(log, "password.changed", { userId, ip: req.ip });
      res.status(204).end();
    })
    .all(onlyMethods("POST"));

  router
    .route("/sessions")
    .get(requireAuth, async (req, res) => {
      const { userId, loginId } = getAuth(req);
      const open = await logins.list(userId);
      const sessions = open.map(({ id, kind, createdAt, lastSeenAt, ip, userAgent }) => ({
        id,
        kind,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        ip,
        userAgent,
        current: id === loginId,
      }));
      res.json({ sessions });
    })
    .all(onlyMethods("GET"));

  router
    .route("/sessions/:id")
    .delete(requireAuth, async (req, res) => {
      const { userId } = getAuth(req);
      const id = z.uuid().safeParse(req.params.id).data;
      if (!id || !(await logins.endOwn(userId, id))) {
        throw new Problem(404, "not_found", "You have no such session.");
      }
      logEvent(log, "login.ended", { userId, loginId: id, ip: req.ip });
      res.status(204).end();
    })
    .all(onlyMethods("DELETE"));

  return router;
}

function changedMeanwhile(): Problem {
  const detail = "The password was changed, or this login ended, at the same time.";
  return new Problem(409, "changed_meanwhile", detail);
}
