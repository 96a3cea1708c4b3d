import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A request with the headers that are given and no others, but for Host, the body's length and its type. */
export interface Call {
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Sent as JSON, with its type unless `headers` say another. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Buffer;
  /** Gives up after so many milliseconds. */
  readonly timeout?: number;
  /** Where to wait, with the head of the request sent, before its body is. */
  readonly line?: StartingLine;
}

/**
 * Where requests wait for each other. Each has a connection of its own, and a server takes those one after the other:
 * without a line, the last of many would come when the first are answered.
 */
export class StartingLine {
  readonly #opened: Promise<void>;
  #open = (): void => {};
  #missing: number;

  /** @param requests so many are waited for */
  constructor(requests: number) {
    this.#missing = requests;
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** Tells that a request is there; resolves when all are, and the server has had the time to take them in. */
  async wait(): Promise<void> {
    this.#missing -= 1;
    if (this.#missing === 0) setTimeout(this.#open, TAKEN_IN);
    await this.#opened;
  }
}

/** In milliseconds: many connections are taken in within a few, on a busy machine too. */
const TAKEN_IN = 200;

/** What was sent and what came back. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: string | Buffer;
  };
  readonly status: number;
  /** By their names in lower case, without the cookies. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly setCookies: readonly string[];
  readonly text: string;
  readonly json: unknown;
  readonly milliseconds: number;
}

const PATIENCE = 20_000;

/**
 * Sends a request over a connection of its own.
 *
 * @param localAddress where it comes from
 */
export function send(
  base: URL,
  method: string,
  path: string,
  { headers = {}, json, body, timeout = PATIENCE, line }: Call = {},
  localAddress?: string,
): Promise<Exchange> {
  const payload = json === undefined ? body : JSON.stringify(json);
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, onWire(one)] as const),
  );
  const has = (name: string) => given.some(([key]) => key.toLowerCase() === name);
  if (json !== undefined && !has('content-type')) given.push(['Content-Type', 'application/json']);
  const length = method === 'GET' && payload === undefined ? [] : lengthOf(payload ?? '');
  const host = has('host') ? [] : ['Host', base.host];

  return new Promise((resolve, reject) => {
    const started = performance.now();
    const outgoing = (base.protocol === 'https:' ? requestTls : request)({
      ...placeOf(base, localAddress),
      method,
      path,
      headers: [...host, ...(has('transfer-encoding') ? [] : length), ...given.flat()],
      agent: false,
      signal: AbortSignal.timeout(timeout),
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const { 'set-cookie': setCookies = [], ...others } = incoming.headers;
        const text = Buffer.concat(chunks).toString();
        resolve({
          request: {
            method,
            path,
            headers: given,
            ...(payload !== undefined && { body: payload }),
          },
          status: incoming.statusCode ?? 0,
          headers: others as Exchange['headers'],
          setCookies,
          text,
          json: parse(text),
          milliseconds: performance.now() - started,
        });
      });
    });
    if (!line) return void outgoing.end(payload);
    outgoing.once('socket', (socket) => {
      socket.once(base.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        void line.wait().then(() => outgoing.end(payload));
      });
    });
    outgoing.flushHeaders();
  });
}

/** An answer, or nothing where the server does not answer. */
export async function attempt(send: () => Promise<Exchange>): Promise<Exchange | undefined> {
  return send().catch(() => undefined);
}

/** How many seconds an answer tells to wait: 0 where it says nothing. */
export function retryAfter({ headers }: Exchange): number {
  return Number(headers['retry-after'] ?? 0);
}

/**
 * Sends the same again, twice at most, while the answer takes longer than a limit: a machine that is busy with others
 * is slow once, a server that can be kept busy is slow each time.
 *
 * @param limit in milliseconds
 * @returns the quickest
 */
export async function quickest(limit: number, send: () => Promise<Exchange>): Promise<Exchange> {
  let best = await send();
  for (let again = 0; again < 2 && best.milliseconds >= limit; again += 1) {
    const answer = await send();
    if (answer.milliseconds < best.milliseconds) best = answer;
  }
  return best;
}

/**
 * Sends bytes as they are, and resolves with what comes back until the server closes or a while has passed.
 *
 * @param milliseconds how long to listen
 */
export function sendRaw(base: URL, bytes: string | Buffer, milliseconds = 2000): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const timer = setTimeout(done, milliseconds);
    const socket = openSocket(base);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', (error) => (chunks.length > 0 ? done() : reject(error)));
    socket.once('close', done);
    socket.write(bytes);
  });
}

/** A bare connection, by TLS where the address says https. */
export function openSocket(base: URL, localAddress?: string): Socket {
  const place = placeOf(base, localAddress);
  return base.protocol === 'https:' ? connectTls(place) : connect(place);
}

/** Where to connect to, in the words of Node.js. */
export function placeOf({ protocol, hostname, port }: URL, localAddress?: string) {
  const isTls = protocol === 'https:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (isTls ? 443 : 80)),
    // The server is one's own, and its certificate often, too.
    ...(isTls && { rejectUnauthorized: false }),
    // A name such as localhost stands for addresses of both kinds.
    ...(localAddress && { localAddress, family: 4 }),
  };
}

/** A value inside an answer's JSON, or undefined. */
export function valueAt(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    json,
  );
}

/** One cookie of an answer. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** By their names in lower case; a flag has an empty text. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Takes a Set-Cookie line apart. */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [name, value] = splitAt(pair);
  return {
    name,
    value,
    attributes: new Map(
      attributes.map((attribute) => {
        const [key, setting] = splitAt(attribute);
        return [key.toLowerCase(), setting] as const;
      }),
    ),
  };
}

function splitAt(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

/** Header values are bytes: what is no ASCII goes out as UTF-8. */
function onWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

/** Always said where there may be a body: otherwise Node would send even an empty one in chunks. */
function lengthOf(payload: string | Buffer): [string, string] {
  return ['Content-Length', String(Buffer.byteLength(payload))];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
