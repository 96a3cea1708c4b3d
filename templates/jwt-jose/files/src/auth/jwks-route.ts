import express, { type Router } from "express";
import { onlyMethods } from "../http/methods.js";
import type { SigningKeys } from "./signing-keys.js";

/** The public keys, for whoever checks our access tokens elsewhere (RFC 7517 5). */
export function jwksRoute({ publicJwks }: SigningKeys): Router {
  const router = express.Router();
  router
    .route("/.well-known/jwks.json")
    .get((_req, res) => {
      res.set("Cache-Control", "public, max-age=300").json({ keys: publicJwks });
    })
    .all(onlyMethods("GET"));
  return router;
}
