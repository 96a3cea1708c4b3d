import type { Exchange } from './client.ts';

/** One thing that was held against what it must be. */
export interface Look {
  readonly what: string;
  readonly sent: string;
  readonly got: string;
  readonly expected: string;
}

/** One thing that was not as it must be. */
export type Finding = Look;

/** The server did not do what it does for an honest client, so an attack on it would prove nothing. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed';
}

type Check = readonly number[] | ((exchange: Exchange) => boolean);

/** Gathers what an attack sees. */
export class Evidence {
  readonly findings: Finding[] = [];
  readonly notes: string[] = [];
  controls = 0;
  looks = 0;
  /** The first that was right: how an attack was met. */
  sample: Look | undefined;

  /** What an honest client gets: without it, a refusal proves nothing. @throws {ControlFailed} */
  control(what: string, exchange: Exchange, ...statuses: number[]): void {
    this.controls += 1;
    if (statuses.includes(exchange.status)) return;
    throw new ControlFailed(
      `${what}: ${describeRequest(exchange)} got ${describeAnswer(exchange)}, expected ${statuses.join(' or ')}`,
    );
  }

  /** As `control`, for what is no status. @throws {ControlFailed} */
  controlThat(what: string, holds: boolean, got: string = ''): void {
    this.controls += 1;
    if (!holds) throw new ControlFailed(`${what}${got && `: ${got}`}`);
  }

  /** What the attack must get. @returns whether it got it */
  expect(what: string, exchange: Exchange, expected: Check, inWords?: string): boolean {
    const holds =
      typeof expected === 'function' ? expected(exchange) : expected.includes(exchange.status);
    const words = inWords ?? (typeof expected === 'function' ? what : expected.join(' or '));
    return this.expectThat(what, holds, {
      sent: describeRequest(exchange),
      got: describeAnswer(exchange),
      expected: words,
    });
  }

  /** As `expect`, for what is no single answer. */
  expectThat(what: string, holds: boolean, finding: Omit<Finding, 'what'>): boolean {
    this.looks += 1;
    if (holds) this.sample ??= { what, ...finding };
    else this.findings.push({ what, ...finding });
    return holds;
  }

  note(text: string): void {
    this.notes.push(text);
  }
}

/** A request in one line. */
export function describeRequest({ request }: Exchange): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${cut(value)}`).join('; ');
  const body = request.body === undefined ? '' : ` ${cut(String(request.body))}`;
  return `${request.method} ${cut(request.path)}${headers && ` {${headers}}`}${body}`;
}

/** An answer in one line. */
export function describeAnswer({ status, headers, setCookies, text }: Exchange): string {
  const shown = [
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'www-authenticate',
    'allow',
    'retry-after',
    'vary',
    'cache-control',
  ].flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]));
  const cookies = setCookies.map((cookie) => `set-cookie: ${cut(cookie)}`);
  return `${status} {${[...shown, ...cookies].join('; ')}} ${cut(text)}`;
}

function cut(text: string): string {
  const line = JSON.stringify(text).slice(1, -1);
  return line.length > 160 ? `${line.slice(0, 120)}...(${text.length})...${line.slice(-20)}` : line;
}
