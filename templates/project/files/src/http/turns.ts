import { AsyncResource } from "node:async_hooks";
import type { IncomingMessage, RequestListener } from "node:http";

/** How many requests are begun before the event loop goes round. */
const PER_TURN = 8;

/**
 * Begins a few requests in each turn of the event loop, and lets the others wait for the next, in the order in which
 * they came. The loop takes one new connection in each turn, and hands over the passwords that were checked meanwhile:
 * were all requests of a thousand connections served in one turn, new clients and sign-ins would wait for minutes.
 *
 * A connection has one request waiting at most: what its client sends before the answer is begun as it comes, after the
 * one that waits.
 */
export function inTurns(serve: RequestListener): RequestListener {
  const waiting = new Map<IncomingMessage["socket"], () => void>();
  let begun = 0;
  let turning = false;

  const turn = (): void => {
    begun = 0;
    for (const [socket, begin] of waiting) {
      if (begun === PER_TURN) break;
      waiting.delete(socket);
      begun += 1;
      begin();
    }
    turning = begun > 0;
    if (turning) setImmediate(turn);
  };

  return (req, res) => {
    const begin = (): void => {
      // Whoever has hung up needs no answer.
      if (!res.destroyed) serve(req, res);
    };
    if (!turning) {
      turning = true;
      setImmediate(turn);
    }
    const earlier = waiting.get(req.socket);
    if (!earlier && begun >= PER_TURN) {
      // What follows a request through asynchronous calls, such as tracing, must not follow another.
      waiting.set(req.socket, AsyncResource.bind(begin));
      return;
    }
    waiting.delete(req.socket);
    earlier?.();
    begun += 1;
    begin();
  };
}
