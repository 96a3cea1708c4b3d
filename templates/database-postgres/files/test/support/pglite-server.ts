import { createServer, type Server, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";

/**
 * PostgreSQL inside this process, for tests on a machine that has no server: PGlite behind a socket, so that the code
 * under test talks to it as it would to a server. It is one session: connections take turns, a transaction at a time.
 *
 * @returns the port that it listens on, and how to stop it
 */
export async function startPglite(): Promise<{ port: number; stop(): Promise<void> }> {
  const db = await PGlite.create();
  const session = new Session(db);
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    void serve(socket, session);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await session.close();
    },
  };
}

/** A message of PostgreSQL's protocol: a letter, the length of the rest, the rest. */
const typeOf = (message: Buffer): string => String.fromCharCode(message[0] ?? 0);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

/** Answers one connection until it ends. */
async function serve(socket: Socket, session: Session): Promise<void> {
  const owner = Symbol("connection");
  let received: Buffer = Buffer.alloc(0);
  let greeted = false;
  let round: Buffer[] = [];
  try {
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk as Buffer]);
      while (received.length >= (greeted ? 5 : 4)) {
        const length = received.readInt32BE(greeted ? 1 : 0) + (greeted ? 1 : 0);
        if (received.length < length) break;
        const message = received.subarray(0, length);
        received = received.subarray(length);
        if (!greeted) {
          greeted = !message.equals(TLS_REQUEST);
          socket.write(greeted ? GREETING : "N");
          continue;
        }
        round.push(message);
        // A client waits for the answer once it has sent one of these: Sync, or a simple query.
        if (typeOf(message) !== "S" && typeOf(message) !== "Q") continue;
        socket.write(await session.run(owner, round));
        round = [];
      }
    }
  } catch {
    // Whoever hangs up in the middle is gone; so is what it had not committed.
  } finally {
    await session.leave(owner);
    socket.destroy();
  }
}

/** The one session behind all connections. */
class Session {
  readonly #db: PGlite;
  /** Whose transaction is open. */
  #owner: symbol | undefined;
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  constructor(db: PGlite) {
    this.#db = db;
  }

  /** Runs the messages of one round for a connection, once no other one has a transaction open. */
  async run(owner: symbol, messages: readonly Buffer[]): Promise<Buffer> {
    await this.#turn(owner);
    try {
      const answers: Buffer[] = [];
      let failed = false;
      for (const message of messages) {
        // After an error, everything up to the Sync is passed over.
        if (failed && typeOf(message) !== "S") continue;
        // All connections share the names of prepared statements. The same name has the same text with all of them.
        if (typeOf(message) === "P" && message[5] !== 0) await this.#forget(message);
        const answer = Buffer.from(await this.#db.execProtocolRaw(message));
        answers.push(answer);
        for (const part of partsOf(answer)) {
          if (typeOf(part) === "E") failed = true;
          if (typeOf(part) === "Z") this.#owner = part.at(5) === 0x49 ? undefined : owner;
        }
      }
      return Buffer.concat(answers);
    } finally {
      this.#pass();
    }
  }

  /** A connection has ended, and with it the transaction that it may have had open. */
  async leave(owner: symbol): Promise<void> {
    if (this.#owner !== owner) return;
    await this.#db.exec("ROLLBACK");
    this.#owner = undefined;
    this.#pass();
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  async #turn(owner: symbol): Promise<void> {
    while (this.#busy || (this.#owner !== undefined && this.#owner !== owner)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#busy = true;
  }

  #pass(): void {
    this.#busy = false;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Closes the prepared statement that a Parse is about to make. */
  async #forget(parse: Buffer): Promise<void> {
    const name = parse.subarray(5, parse.indexOf(0, 5) + 1);
    const close = Buffer.concat([Buffer.from("C\0\0\0\0S"), name]);
    close.writeInt32BE(close.length - 1, 1);
    await this.#db.execProtocolRaw(close);
    await this.#db.execProtocolRaw(SYNC);
  }
}

function* partsOf(answer: Buffer): Iterable<Buffer> {
  for (let start = 0; start + 5 <= answer.length; ) {
    const end = start + 1 + answer.readInt32BE(start + 1);
    yield answer.subarray(start, end);
    start = end;
  }
}

/** A client asks first whether there is TLS, and hears no. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
/** Whoever comes is welcome (AuthenticationOk), and may begin (ReadyForQuery). */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
