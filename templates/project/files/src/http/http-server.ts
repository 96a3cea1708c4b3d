import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { isIPv6 } from "node:net";
import { inTurns } from "./turns.js";

/** How long a connection may take, and be kept (milliseconds). */
const CONNECTION_LIMITS: ServerOptions = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  // Node looks only so often whether the two above are over: by default every half minute.
  connectionsCheckingInterval: 5_000,
  // Longer than a proxy keeps it (mostly a minute), or the proxy sends into a connection that is just being closed.
  keepAliveTimeout: 65_000,
};

/** Makes the server of an app: no client keeps it busy alone, and slow connections are closed (ASVS v5.0.0-15.2.2). */
export function createHttpServer(
  app: RequestListener,
  limits: ServerOptions = CONNECTION_LIMITS,
): Server {
  return createServer(limits, inTurns(app));
}

/** The address to open where a server listens; one that listens everywhere is this machine, too. */
export function urlOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
