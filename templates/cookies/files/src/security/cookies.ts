import type { CookieOptions } from "express";
import type { Config } from "../config.js";

/**
 * How every cookie of this server is set (ASVS v5.0.0-3.3.1 to 3.3.4): out of reach of scripts, never sent from
 * another site, and, by the __Host- prefix, never over plain http and never shared with another host.
 *
 * Only development and tests, over http, do without Secure and the prefix, because some browsers refuse both there.
 */
export function secureCookie(
  config: Config,
  name: string,
): { readonly name: string; readonly options: CookieOptions } {
  const secure = config.NODE_ENV === "production";
  return {
    name: secure ? `__Host-${name}` : name,
    options: { httpOnly: true, secure, sameSite: "strict", path: "/" },
  };
}
