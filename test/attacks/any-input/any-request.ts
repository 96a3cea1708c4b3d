import { connect } from 'node:net';
import fc from 'fast-check';

/** A request that HTTP allows, whatever it says. */
export interface AnyRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

const ROUTES = [
  ...[
    '/auth/register',
    '/auth/login',
    '/auth/token',
    '/auth/refresh',
    '/auth/logout',
    '/auth/logout-all',
  ],
  ...['/auth/me', '/auth/sessions', '/auth/sessions/1', '/auth/password', '/.well-known/jwks.json'],
  ...['/healthz', '/readyz', '/', '/auth', '/page'],
];

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PURGE',
  'PROPFIND',
  'SEARCH',
];

/** What a request line may hold. */
const pathText = fc.string({
  unit: fc.constantFrom(...'abz09/.-_~%$&=?+,;:@[]\'()!*#"<>\\^`{|}'),
  maxLength: 30,
});
const path = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ROUTES) },
    fc
      .tuple(
        fc.constantFrom(...ROUTES),
        fc.constantFrom('?', '/', '//', '%', '%00', '%ff', '/..%2f', ';'),
        pathText,
      )
      .map((parts) => parts.join('')),
    pathText.map((text) => `/${text.replaceAll('#', '%23')}`),
  )
  .map((one) => one.replaceAll('#', '%23'));

/** What a header may hold: no control characters but a tab, and any byte above. */
export const headerText = fc.string({
  unit: fc
    .oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      fc.integer({ min: 0x80, max: 0xff }),
    )
    .map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const likely = (...values: readonly string[]) => fc.oneof(fc.constantFrom(...values), headerText);
const headers = fc.record(
  {
    Authorization: fc.oneof(
      likely('Bearer', 'Bearer ', 'Bearer a.b.c', 'Basic YTpi', `Bearer ${'a'.repeat(5000)}`),
      fc.base64String({ maxLength: 60 }).map((text) => `Bearer eyJhbGciOiJub25lIn0.${text}.`),
    ),
    Cookie: likely(
      'sid=',
      '__Host-sid=s%3A.',
      '__Host-sid=s%3Aa.b; __Host-refresh=%',
      '__Host-refresh=%E0%A4%A',
      '; ;=;',
    ),
    Origin: likely(
      'null',
      'https://app.example.com',
      'https://',
      'http://[::1',
      'https://a.example.org',
    ),
    'Content-Type': likely(
      'application/json',
      'application/json; charset=utf-16',
      'application/json; charset="',
      'text/plain',
      '/',
      'multipart/form-data',
    ),
    'Content-Encoding': likely('gzip', 'identity', 'br', 'gzip, gzip', 'x'),
    'Sec-Fetch-Site': likely('same-origin', 'cross-site', 'none', 'same-site'),
    'X-Forwarded-For': likely('1.2.3.4', '::1, ::2', ',', '999.1.1.1', '::ffff:1.2.3.4%eth0'),
    'X-Forwarded-Proto': likely('https', 'http, https', ''),
    'X-Forwarded-Host': likely('evil.example', 'a@b', ''),
    'X-HTTP-Method-Override': likely('DELETE', 'TRACE'),
    Accept: likely('*/*', 'text/html', ''),
    'Accept-Language': headerText,
    'If-None-Match': likely('*', 'W/"1"'),
    Range: likely('bytes=0-', 'bytes=9-1'),
    'Access-Control-Request-Method': likely('GET', 'CONNECT', ''),
    'Access-Control-Request-Headers': likely('x, y', 'authorization', ','),
    'User-Agent': headerText,
  },
  { requiredKeys: [] },
);

/** Bodies from what is meant to what is not even text. */
const credentials = fc.record(
  {
    email: fc.oneof(
      fc.constantFrom('a@example.com', 'A@EXAMPLE.COM', '', 'x'),
      fc.emailAddress(),
      fc.string({ unit: 'binary' }),
      fc.anything(),
    ),
    password: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constant('a long walk on the pier'),
      fc.anything(),
    ),
    refreshToken: fc.oneof(fc.base64String(), fc.anything()),
    currentPassword: fc.anything(),
    newPassword: fc.anything(),
    __proto__: fc.constant({ polluted: true }),
    constructor: fc.constant({ prototype: { polluted: true } }),
  },
  { requiredKeys: [] },
);
const polluting = fc.constantFrom(
  '{"__proto__":{"polluted":true},"email":"a@example.com","password":"a long walk on the pier"}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"email":{"__proto__":{"polluted":true}},"password":["a"]}',
);
const body = fc.oneof(
  { weight: 3, arbitrary: credentials.map((value) => Buffer.from(json(value))) },
  polluting.map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(20, 20_000).map((length) => Buffer.alloc(length, '[')),
);

function json(value: unknown): string {
  // Not everything has a form in JSON.
  return JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one)) ?? '';
}

/** Any request to any route, as far as HTTP goes. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc.record({
  method: fc.oneof({ weight: 2, arbitrary: fc.constant('POST') }, fc.constantFrom(...METHODS)),
  path,
  headers,
  body: fc.option(body, { nil: undefined }),
});

/** Any bytes, many of which begin as a request does. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'GET',
          'POST',
          ' ',
          '/auth/login',
          ' HTTP/1.1',
          ' HTTP/9.9',
          '\r\n',
          '\n',
          '\r',
          '\0',
          ':',
          'Host: a',
          'Host: b',
          'Content-Length: 5',
          'Content-Length: -1',
          'Transfer-Encoding: chunked',
          'Transfer-Encoding: gzip, chunked',
          'Expect: 100-continue',
          'Upgrade: websocket',
          'Connection: upgrade',
          '0',
          'ffffffffff',
          'PRI * HTTP/2.0',
        ),
        fc.string({ unit: 'binary', maxLength: 10 }),
      ),
      { maxLength: 20 },
    )
    .map((pieces) => Buffer.from(pieces.join(''))),
);

/** Sends bytes, says that no more come, and resolves with all that comes back. */
export function exchangeBytes(url: URL, bytes: Buffer, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: url.hostname, port: Number(url.port) }, () => socket.end(bytes));
    socket.setTimeout(patience, () => socket.destroy(new Error('no end of it')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // A server may hang up on what it does not understand.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        resolve(Buffer.concat(chunks).toString('latin1'));
      else reject(error);
    });
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}
