import type { RequestHandler } from "express";
import helmet from "helmet";
import { constantHeaders } from "../http/constant-headers.js";

/** Two years, as the HSTS preload list and OWASP advise (seconds). */
const HSTS_MAX_AGE = 63_072_000;

/**
 * Security headers for an API that serves no pages: a browser that is tricked into showing an answer as one may load
 * nothing, run nothing and frame nothing (ASVS v5.0.0-3.4; OWASP REST Security).
 */
export function securityHeaders(): RequestHandler {
  return constantHeaders(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: { maxAge: HSTS_MAX_AGE, includeSubDomains: true },
      xFrameOptions: { action: "deny" },
      referrerPolicy: { policy: "no-referrer" },
      crossOriginEmbedderPolicy: { policy: "require-corp" },
      crossOriginOpenerPolicy: { policy: "same-origin" },
      crossOriginResourcePolicy: { policy: "same-origin" },
    }),
    { "Permissions-Policy": PERMISSIONS_POLICY },
  );
}

/** Helmet does not know it; an API needs none of a browser's powers. */
const PERMISSIONS_POLICY = [
  "accelerometer",
  "autoplay",
  "camera",
  "cross-origin-isolated",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "keyboard-map",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "sync-xhr",
  "usb",
  "xr-spatial-tracking",
]
  .map((power) => `${power}=()`)
  .join(", ");
