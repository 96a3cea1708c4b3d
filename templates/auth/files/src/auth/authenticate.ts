import type { Request, RequestHandler } from "express";
import { Problem } from "../http/problem.js";
import type { PublicUser } from "./users.js";

/** Whose request this is, and by which login. */
export interface Auth {
  readonly userId: string;
  readonly loginId: string;
  /** The account, where looking up the login has read it anyway. */
  readonly user?: PublicUser;
}

/** Finds out whose request this is by one kind of credential; undefined where the request carries none of that kind. */
export type CredentialReader = (req: Request) => Promise<Auth | undefined>;

const authOf = new WeakMap<Request, Auth>();

/**
 * Makes the middleware that lets only signed-in users through; after it, `getAuth(req)` tells who it is. What they are
 * shown stays out of caches, unless a handler says otherwise (ASVS v5.0.0-14.3.2).
 *
 * @param readers the first credential that a request carries decides
 */
export function createRequireAuth(readers: readonly CredentialReader[]): RequestHandler {
  return async (req, res, next) => {
    for (const read of readers) {
      const auth = await read(req);
      if (!auth) continue;
      authOf.set(req, auth);
      res.set("Cache-Control", "no-store");
      return next();
    }
    throw unauthenticated();
  };
}

/** Who is signed in, in a handler behind the middleware of `createRequireAuth`. */
export function getAuth(req: Request): Auth {
  const auth = authOf.get(req);
  if (!auth) throw new Error("this route is not behind requireAuth");
  return auth;
}

/** 401 for a request that needs a login and has none. */
export function unauthenticated(): Problem {
  return new Problem(401, "unauthenticated", "Sign in first.");
}
