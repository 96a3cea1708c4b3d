import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../../src/attacks/attack.ts';
import { answersOf } from '../../matrix/variants.ts';
import { ProcessBench } from '../lab/bench.ts';
import type { Edit } from '../lab/edits.ts';
import { makeProject } from '../lab/project.ts';
import { type AnyRequest, anyBytes, anyRequest, exchangeBytes } from './any-request.ts';

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

describe.each(Object.entries(VARIANTS))('%s', (name, answers) => {
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

  const isSound = async () => {
    const inherited = await answerTo(target.url, { ...PLAIN, path: '/inherited' });
    expect(inherited.status).toBe(200);
    expect(JSON.parse(inherited.text).sort()).toEqual([...INHERITED].sort());
  };

  test('no request gets a 5xx or none, each has one line in the log, and no prototype changes', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (any) => {
        const before = logged();
        const { status } = await answerTo(target.url, any);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        await isSound();
        // Lines come in order, so the one about the look at the prototype is the last.
        await expect.poll(logged, { timeout: PATIENCE, interval: 2 }).toBe(before + 2);
      }),
      { numRuns: 400 },
    );
  });

  test('no bytes get a 5xx or go on for ever, and the next client is served', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        const text = await exchangeBytes(target.url, bytes, PATIENCE);
        expect(text).toMatch(/^(?:$|HTTP\/1\.1 [1-4])/);
        await isSound();
      }),
      { numRuns: 200 },
    );
  });
});

const PLAIN = { method: 'GET', path: '/', headers: {}, body: undefined };

function answerTo(url: URL, { method, path, headers, body }: AnyRequest) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
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
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.setTimeout(PATIENCE, () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
