import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../src/package-root.ts';

type Handler = (req: object, res: object, next: (error?: unknown) => void) => unknown;

/** What a handler of a router in Express 4 passes on. */
async function passedOn(handler: Handler): Promise<unknown> {
  const path = 'templates/in-host-express4/files/src/http/forward-rejections.ts';
  const { forwardRejections } = await import(join(packageRoot, path));
  const router = { stack: [{ handle: handler }] };
  forwardRejections(router);
  return new Promise((resolve) => {
    router.stack[0]?.handle({}, {}, (error) => resolve(error ?? 'went on'));
  });
}

const rejects: Handler = async () => {
  throw new Error('no such user');
};

test('what an async handler rejects with is passed on', async () => {
  expect(await passedOn(rejects)).toEqual(new Error('no such user'));
  expect(await passedOn((_req, _res, next) => next())).toBe('went on');
});

test('also in an app whose Promise is another than the language has', async () => {
  const own = globalThis.Promise;
  globalThis.Promise = class Other<T> extends own<T> {};
  try {
    expect(await passedOn(rejects)).toEqual(new Error('no such user'));
  } finally {
    globalThis.Promise = own;
  }
}, 5000);
