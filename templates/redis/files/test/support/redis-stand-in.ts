import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * The few commands of Redis that this server sends, for tests on a machine that has no Redis: texts by their keys, in
 * the memory of this process. Texts are kept whatever their time, since tests have a clock of their own; counts run out.
 *
 * @returns the port that it listens on, and how to stop it
 */
export async function startRedisStandIn(): Promise<{ port: number; stop(): Promise<void> }> {
  const kept: Kept = { texts: new Map(), counts: new Map() };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let received = "";
    // A byte is a character: lengths are counted in bytes.
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      received += chunk;
      for (let parsed = readCommand(received); parsed; parsed = readCommand(received)) {
        received = received.slice(parsed.length);
        socket.write(answer(kept, parsed.words), "latin1");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

interface Kept {
  readonly texts: Map<string, string>;
  readonly counts: Map<string, { count: number; ends: number }>;
}

/** What Redis would say to a command, in version 3 of its protocol. */
function answer(kept: Kept, [command = "", key = "", ...rest]: string[]): string {
  const { texts, counts } = kept;
  switch (command.toUpperCase()) {
    case "HELLO":
      return "%1\r\n$5\r\nproto\r\n:3\r\n";
    case "PING":
      return "+PONG\r\n";
    case "GET": {
      const text = texts.get(key);
      return text === undefined ? NOTHING : `$${text.length}\r\n${text}\r\n`;
    }
    case "SET":
      if (rest.includes("XX") && !texts.has(key)) return NOTHING;
      texts.set(key, rest[0] ?? "");
      return "+OK\r\n";
    case "DEL": {
      const gone = [key, ...rest].filter((one) => texts.delete(one) || counts.delete(one));
      return `:${gone.length}\r\n`;
    }
    // The one script that is sent is that of the limits: it counts, for so many seconds from the first.
    case "EVAL":
      return count(counts, rest);
    case "FLUSHDB":
      texts.clear();
      counts.clear();
      return "+OK\r\n";
    case "CLIENT":
      return "+OK\r\n";
    default:
      return `-ERR unknown command '${command}'\r\n`;
  }
}

/** @returns the count by now, and the milliseconds until it is forgotten */
function count(counts: Kept["counts"], [, key = "", points = "", seconds = ""]: string[]): string {
  const now = Date.now();
  const former = counts.get(key);
  const { count, ends } =
    former && former.ends > now ? former : { count: 0, ends: now + Number(seconds) * 1000 };
  counts.set(key, { count: count + Number(points), ends });
  return `*2\r\n:${count + Number(points)}\r\n:${ends - now}\r\n`;
}

const NOTHING = "_\r\n";

/** The first command of what was received: `*COUNT`, and for each word `$LENGTH` and the word. */
function readCommand(received: string): { words: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(received);
  if (!head) return undefined;
  const words: string[] = [];
  let at = head[0].length;
  while (words.length < Number(head[1])) {
    const size = /^\$(\d+)\r\n/.exec(received.slice(at, at + 16));
    if (!size) return undefined;
    const start = at + size[0].length;
    at = start + Number(size[1]) + 2;
    if (received.length < at) return undefined;
    words.push(received.slice(start, at - 2));
  }
  return { words, length: at };
}
