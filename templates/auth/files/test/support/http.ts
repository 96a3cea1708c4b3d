import { request } from "node:http";

export interface Answer {
  readonly status: number;
  /** By name in lower case; several of one name are joined, but for Set-Cookie. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly setCookie: readonly string[];
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects by its assertions
  readonly json: any;
}

export interface Call {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON, or as it is where it is a text or bytes. */
  readonly body?: unknown;
}

/** Sends one request, with exactly these headers: fetch would add and forbid some. */
export function send(url: URL, method: string, { headers = {}, body }: Call = {}): Promise<Answer> {
  const raw = typeof body === "string" || body instanceof Uint8Array || body === undefined;
  const payload = raw ? body : JSON.stringify(body);
  const type = raw ? {} : { "Content-Type": "application/json" };
  const hasLength = payload !== undefined && !("Transfer-Encoding" in headers);
  const length = hasLength ? { "Content-Length": Buffer.byteLength(payload) } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      agent: false,
      headers: {
        ...type,
        ...length,
        ...(headers as Record<string, string | string[]>),
      },
    });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.once("error", reject);
      incoming.once("end", () => {
        const { "set-cookie": setCookie = [], ...others } = incoming.headers;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: others as Record<string, string | undefined>,
          setCookie,
          text,
          json: parse(text),
        });
      });
    });
    outgoing.end(payload);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
