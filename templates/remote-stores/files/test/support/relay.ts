import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A way to a server that can be cut, as a network can, and on which everything can be held up.
 *
 * @param target the server's address
 */
export async function startRelay(target: string) {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let silent = false;
  const server = createServer((socket) => {
    const onwards = connect(Number(port), hostname);
    for (const [end, other] of [
      [socket, onwards],
      [onwards, socket],
    ] as const) {
      open.add(end);
      end.pipe(other);
      if (silent) end.pause();
      end.on("error", () => {});
      end.on("close", () => {
        open.delete(end);
        other.destroy();
      });
    }
  });
  const listen = async (at: number): Promise<void> => {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  };
  const cut = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  await listen(0);
  const address = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(address.port);
  return {
    /** The server's address by this way. */
    url: url.href,
    /** Breaks every connection, and takes no new one. */
    cut,
    mend: () => listen(address.port),
    /** Takes connections, and passes nothing on. */
    holdUp(): void {
      silent = true;
      for (const socket of open) socket.pause();
    },
    /** Passes on all that was held up. */
    goOn(): void {
      silent = false;
      for (const socket of open) socket.resume();
    },
    async stop(): Promise<void> {
      if (server.listening) cut();
    },
  };
}
