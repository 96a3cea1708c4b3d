/** What a problem says beside its status and its sentence. */
interface Extra {
  readonly headers?: Readonly<Record<string, string>>;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly challenge?: string;
}

/** An error that the client is told about, as RFC 9457 problem details. Everything else becomes a bare 500. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly extra: Extra;

  /**
   * @param status the HTTP status
   * @param code a stable word for programs, such as `invalid_credentials`
   * @param detail a sentence for people; must not depend on anything secret
   * @param extra headers to send, members to add to the body, and for a 401 a challenge that says more than usual
   */
  constructor(status: number, code: string, detail: string, extra: Extra = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

/** 429 and 503 tell the client when to come back, in whole seconds (RFC 9110 10.2.3). */
export function comeBackLater(
  status: 429 | 503,
  code: string,
  detail: string,
  milliseconds: number,
): Problem {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new Problem(status, code, detail, { headers: { "Retry-After": String(seconds) } });
}
