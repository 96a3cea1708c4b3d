import { connect, type Socket } from 'node:net';

/** A way to be slow, as slowhttptest names them, and what one connection does. */
export interface Slowness {
  readonly name: string;
  /** What is sent at once. */
  readonly opening: string;
  /** What is sent of the rest, once in a while. */
  readonly drip: string;
  /** Whether answers are left unread. */
  readonly deaf: boolean;
}

const PATH = '/auth/login';

export const SLOWNESSES: readonly Slowness[] = [
  {
    name: 'headers (Slowloris)',
    opening: 'GET /auth/me HTTP/1.1\r\nHost: slow.example\r\n',
    drip: 'X-More: a\r\n',
    deaf: false,
  },
  {
    name: 'body (R-U-Dead-Yet)',
    opening: `POST ${PATH} HTTP/1.1\r\nHost: slow.example\r\nContent-Type: application/json\r\nContent-Length: 8000\r\n\r\n{"email":"`,
    drip: 'a',
    deaf: false,
  },
  {
    name: 'reading',
    opening: 'GET /healthz HTTP/1.1\r\nHost: slow.example\r\n\r\n'.repeat(5),
    // Often enough that the connection never counts as idle.
    drip: 'GET /healthz HTTP/1.1\r\nHost: slow.example\r\n\r\n',
    deaf: true,
  },
];

const DRIP_EVERY = 3000;

/** Connections that are held open for as long as the server lets them. */
export interface SlowClients {
  /** How long each lasted that the server did close (milliseconds). */
  readonly lasted: readonly number[];
  stop(): void;
}

/**
 * Opens slow connections, and a new one for each that the server closes.
 *
 * @param count at any time
 */
export function beSlow(url: string, { opening, drip, deaf }: Slowness, count: number): SlowClients {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const lasted: number[] = [];
  let stopped = false;

  const open = () => {
    const since = performance.now();
    const socket = connect(Number(port), hostname, () => socket.write(opening));
    sockets.add(socket);
    if (deaf) socket.pause();
    else socket.resume();
    const dripping = setInterval(() => socket.write(drip), DRIP_EVERY);
    // Whoever is deaf does not hear the end either, but cannot write any more.
    socket.on('error', () => socket.destroy());
    socket.once('end', () => socket.destroy());
    socket.once('close', () => {
      clearInterval(dripping);
      sockets.delete(socket);
      if (stopped) return;
      lasted.push(performance.now() - since);
      setTimeout(() => !stopped && open(), 100);
    });
  };
  for (let index = 0; index < count; index++) open();
  return {
    lasted,
    stop() {
      stopped = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
