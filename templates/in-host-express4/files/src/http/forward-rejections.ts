import type { RequestHandler, Router } from "express";

/** One step of a router, as Express 4 keeps it. */
interface Layer {
  handle: RequestHandler & { stack?: Layer[] };
  readonly route?: { readonly stack: Layer[] };
}

/** Express 4 forgets a handler that rejects, and the client waits for ever: its error is passed on from here. */
export function forwardRejections(router: Router): void {
  wrapAll(router.stack as unknown as Layer[]);
}

function wrapAll(layers: readonly Layer[]): void {
  for (const layer of layers) {
    const inner = layer.route?.stack ?? layer.handle.stack;
    if (inner) wrapAll(inner);
    else if (layer.handle.length < 4) layer.handle = forwarding(layer.handle);
  }
}

function forwarding(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    // In Express 5's types and in async handlers, a promise; in Express 4's types, nothing.
    const result: unknown = handler(req, res, next);
    // The app's own Promise may be another than the language's, which async handlers give.
    if (result !== undefined) Promise.resolve(result).catch(next);
  };
}
