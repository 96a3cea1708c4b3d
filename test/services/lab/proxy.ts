import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** So often does the proxy ask each server whether it is ready (milliseconds). */
const CHECK_INTERVAL = 50;

/** A load balancer: sends requests to servers in turn, but to none that does not say it is ready. */
export interface Proxy {
  readonly url: URL;
  add(server: URL): void;
  remove(server: URL): void;
  /** Resolves once it sends a server nothing more, or something again. */
  until(server: URL, is: 'in use' | 'out of use'): Promise<void>;
  stop(): Promise<void>;
}

interface Member {
  readonly url: URL;
  isReady: boolean;
}

/** Starts the proxy. */
export async function startProxy(servers: readonly URL[]): Promise<Proxy> {
  let members: readonly Member[] = servers.map((url) => ({ url, isReady: true }));
  let turn = 0;
  let running = true;

  const server = createServer(async (req, res) => {
    const body = await buffer(req);
    const tried = new Set<Member>();
    for (;;) {
      const ready = members.filter((member) => member.isReady && !tried.has(member));
      const member = ready[turn++ % ready.length];
      if (!member) return refuse(res, 503);
      tried.add(member);
      const outcome = await forward(member.url, req, body, res);
      if (outcome === 'answered') return;
      // Where no connection was made, nothing was done: another may do it.
      if (outcome === 'broken') return refuse(res, 502);
      member.isReady = false;
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const checking = (async () => {
    while (running) {
      await Promise.all(
        members.map(async (member) => {
          member.isReady = await isReady(member.url);
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, CHECK_INTERVAL));
    }
  })();
  const memberAt = (url: URL) => members.find((member) => member.url.href === url.href);

  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    add(url) {
      members = [...members, { url, isReady: false }];
    },
    remove(url) {
      members = members.filter((member) => member.url.href !== url.href);
    },
    async until(url, is) {
      while ((memberAt(url)?.isReady ?? false) !== (is === 'in use')) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      running = false;
      await checking;
      server.close();
      server.closeAllConnections();
    },
  };
}

function forward(
  to: URL,
  req: IncomingMessage,
  body: Buffer,
  res: ServerResponse,
): Promise<'answered' | 'broken' | 'not connected'> {
  return new Promise((resolve) => {
    const outgoing = request(new URL(req.url ?? '/', to), {
      method: req.method,
      headers: { ...req.headers, 'x-forwarded-for': '203.0.113.7' },
      agent: false,
    });
    let connected = false;
    outgoing.once('socket', (socket) => {
      socket.once('connect', () => {
        connected = true;
      });
    });
    outgoing.once('error', () => resolve(connected ? 'broken' : 'not connected'));
    outgoing.once('response', (incoming) => {
      buffer(incoming).then(
        (text) => {
          res.writeHead(incoming.statusCode ?? 502, incoming.headers);
          res.end(text);
          resolve('answered');
        },
        () => resolve('broken'),
      );
    });
    outgoing.end(body);
  });
}

function refuse(res: ServerResponse, status: 502 | 503): void {
  res.writeHead(status);
  res.end();
}

async function isReady(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = request(
      new URL('/readyz', url),
      { agent: false, timeout: 5000 },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode === 200);
      },
    );
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve(false));
    outgoing.end();
  });
}
