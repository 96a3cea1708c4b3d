import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { makeCertificate } from './certificate.ts';
import { pageOf } from './pages.ts';

/** A request that the browser sent to the API, as it came over the wire. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site: what the browser thinks of who asks. */
  readonly site: string | undefined;
  readonly cookie: string;
}

/** The only door to the net that the browser has. */
export interface Gateway {
  readonly port: number;
  /** What the API was asked so far, in order. */
  readonly seen: readonly Seen[];
  /** Where the API really listens. */
  leadTo(api: URL): void;
  close(): Promise<void>;
}

/**
 * Ends TLS, as the proxy in front of a server does: requests for the API's host go on to it over plain http, with
 * X-Forwarded-For and X-Forwarded-Proto; every other host serves pages of its own.
 */
export async function openGateway(apiHost: string): Promise<Gateway> {
  const seen: Seen[] = [];
  let api: URL | undefined;
  const server = createTlsServer(await makeCertificate(), (req, res) => {
    if (req.headers.host !== apiHost || !api) return pageOf(req, res);
    const { origin, cookie = '', 'sec-fetch-site': site } = req.headers;
    const { method = '', url: path = '' } = req;
    // A browser asks for it when it likes, on nobody's behalf.
    if (path === '/favicon.ico') return void res.writeHead(404).end();
    seen.push({ method, path, origin, site: site?.toString(), cookie });
    forward(req, res, api);
  });
  const port = await listen(server);
  return {
    port,
    seen,
    leadTo(url) {
      api = url;
    },
    close: () => close(server),
  };
}

/** What listens, and where. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Pages at http://localhost:PORT, which is http://127.0.0.1:PORT too. */
export async function openPlainPages(): Promise<Listener> {
  const server = createServer(pageOf);
  return { port: await listen(server), close: () => close(server) };
}

/**
 * A server behind https://localhost:PORT.
 *
 * @param certificate that whoever asks takes for good
 */
export async function openTlsProxy(
  api: URL,
  certificate: Awaited<ReturnType<typeof makeCertificate>>,
): Promise<Listener> {
  const server = createTlsServer(certificate, (req, res) => forward(req, res, api));
  return { port: await listen(server), close: () => close(server) };
}

/** Pages at https://localhost:PORT. */
export async function openTlsPages(): Promise<Listener> {
  const server = createTlsServer(await makeCertificate(), pageOf);
  return { port: await listen(server), close: () => close(server) };
}

/** Hands a request on as a proxy does that ends TLS, and its answer back. */
function forward(req: IncomingMessage, res: ServerResponse, { hostname, port }: URL): void {
  const onward = request(
    {
      host: hostname,
      port,
      method: req.method,
      path: req.url,
      headers: { ...req.headers, 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' },
    },
    (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    },
  );
  onward.once('error', () => res.writeHead(502).end());
  req.pipe(onward);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server & { closeAllConnections(): void }): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
