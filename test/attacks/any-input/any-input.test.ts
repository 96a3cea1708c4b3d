import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../../src/attacks/attack.ts';
import { answersOf } from '../../matrix/variants.ts';
import { ProcessBench } from '../lab/bench.ts';
import type { Edit } from '../lab/edits.ts';
import { makeProject } from '../lab/project.ts';
import { type AnyRequest, anyBytes, anyRequest, exchangeBytes } from './any-request.ts';
import { type Answer, newSender } from './sender.ts';
import { bodyRoutes, sentBy, wellFormedRequest } from './well-formed-request.ts';

const origins = { corsOrigins: ['https://app.example.com', 'https://*.example.org'] };
const VARIANTS = {
  session: answersOf({ auth: 'session', ...origins }),
  jwt: answersOf({ auth: 'jwt', ...origins }),
  both: answersOf({
    auth: 'both',
    jwtAlgorithm: 'EdDSA',
    refreshTransport: 'body',
    revocation: 'instant',
    helmet: 'web',
  }),
};

/** A way to look at what every object inherits, and to end the server's log where a test can see it. */
const WINDOW: Edit = {
  file: 'src/app.ts',
  search: '  // Your own routes go here:',
  replace: `  app.get("/inherited", (_req, res) => {
    const names: string[] = [];
    for (const name in {}) names.push(name);
    res.json([...names, ...Object.getOwnPropertyNames(Object.prototype)]);
  });
  // Your own routes go here:`,
};
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

const PATIENCE = 30_000;

/** How a handler answers that has looked at the body: by doing what it says, or by one of these codes. */
const HANDLED =
  /^(?:invalid_(?:request|credentials|refresh_token)|email_taken|password_\w+|wrong_password)$/;

/** Each variant is asked for other things. */
const seedOf = (name: string) =>
  Number(fc.readConfigureGlobal().seed) + Object.keys(VARIANTS).indexOf(name);

describe.each(Object.entries(VARIANTS))('%s', (name, answers) => {
  const seed = seedOf(name);
  let bench: ProcessBench;
  let target: Target;
  beforeAll(async () => {
    bench = new ProcessBench(await makeProject(`any-input-${name}`, answers, [WINDOW]));
    target = await bench.start({ TRUST_PROXY: '1' });
  });
  afterAll(() => bench.stop());

  /** The paths that the server says it was asked for, each time it was. */
  const logged = () =>
    (target.logLines?.() ?? []).filter((line) => line.includes('"msg":"request"')).length;

  let sent = 0;
  const send = (request: AnyRequest) => {
    sent += 1;
    return answerTo(target.url, request);
  };

  const isSound = async () => {
    const inherited = await send({ ...PLAIN, path: '/inherited' });
    expect(inherited.status).toBe(200);
    expect(JSON.parse(inherited.text).sort()).toEqual([...INHERITED].sort());
  };

  /** Sends what there is to send, and looks whether all is well. Requests are sent one after the other. */
  const survives = async (requests: () => Promise<Answer>): Promise<Answer> => {
    const before = logged() - sent;
    const answer = await requests();
    await isSound();
    // Lines come in order, so the last one is about the look at the prototype. Whatever is found, the next count begins
    // with all of them there.
    await expect.poll(() => logged() - sent, { timeout: PATIENCE, interval: 2 }).toBe(before);
    expect(answer.status).toBeGreaterThanOrEqual(200);
    expect(answer.status).toBeLessThan(500);
    return answer;
  };

  test('no request gets a 5xx or none, each has one line in the log, and no prototype changes', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (any) => {
        await survives(() => send(any));
      }),
      { numRuns: 400, seed },
    );
  });

  test('nor does one whose body a handler looks at, whatever it says', async () => {
    const routes = bodyRoutes(answers);
    const handled = new Map(Object.keys(routes).map((path) => [path, 0]));
    const done = new Map(handled);
    let senders = 0;
    await fc.assert(
      fc.asyncProperty(wellFormedRequest(routes), async (request) => {
        const { status, text } = await survives(async () => {
          const sender = await newSender(answers, send, senders++);
          return send(sentBy(sender, request));
        });
        const count = (counts: typeof handled) =>
          counts.set(request.path, (counts.get(request.path) ?? 0) + 1);
        if (status < 300) count(done);
        if (status < 300 || HANDLED.test(JSON.parse(text).code)) count(handled);
      }),
      { numRuns: 400, seed },
    );
    expect(Math.min(...handled.values()), [...handled].join(' ')).toBeGreaterThan(20);
    expect(Math.min(...done.values()), [...done].join(' ')).toBeGreaterThan(3);
  });

  test('no bytes get a 5xx or go on for ever, and the next client is served', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        const text = await exchangeBytes(target.url, bytes, PATIENCE);
        expect(text).toMatch(/^(?:$|HTTP\/1\.1 [1-4])/);
        await isSound();
      }),
      { numRuns: 200, seed },
    );
  });
});

const PLAIN = { method: 'GET', path: '/', headers: {}, body: undefined };

function answerTo(url: URL, { method, path, headers, body }: AnyRequest) {
  return new Promise<Answer>((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': body.length };
    const outgoing = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, ...length },
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            cookies: answer.headers['set-cookie'] ?? [],
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.setTimeout(PATIENCE, () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
