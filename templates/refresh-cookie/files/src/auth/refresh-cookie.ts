import { parseCookie } from "cookie";
import type { Request, Response } from "express";
import type { Config } from "../config.js";
import { secureCookie } from "../security/cookies.js";

export type RefreshCookie = ReturnType<typeof createRefreshCookie>;

/** The refresh token in a cookie, where no script can read it. */
export function createRefreshCookie(config: Config) {
  const { name, options } = secureCookie(config, "refresh");
  return {
    read: (req: Request): string | undefined => parseCookie(req.get("Cookie") ?? "")[name],

    write(res: Response, token: string): void {
      res.cookie(name, token, { ...options, maxAge: config.REFRESH_IDLE_TTL * 1000 });
    },

    clear(res: Response): void {
      res.clearCookie(name, options);
    },
  };
}
