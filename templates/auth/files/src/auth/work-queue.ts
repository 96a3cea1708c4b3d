import { comeBackLater } from "../http/problem.js";

/** How much a queue does, and how much may wait for it. */
interface Limits {
  readonly atOnce: number;
  readonly waiting: number;
  /** So many places in the queue may one client take. */
  readonly waitingEach: number;
}

/**
 * Runs expensive tasks a few at a time, lets a bounded number wait, and turns the rest away with 503. One client gets a
 * part of the queue only: its flood costs it errors, and not everybody else the server (ASVS v5.0.0-15.2.2).
 */
export function createWorkQueue(limits: Limits) {
  const waiting: { client: string | undefined; start: () => void }[] = [];
  let running = 0;

  const isFull = (client: string | undefined): boolean =>
    waiting.length >= limits.waiting ||
    (client !== undefined &&
      waiting.filter((other) => other.client === client).length >= limits.waitingEach);

  /**
   * Runs a task once it is its turn.
   *
   * @param client whose task it is; undefined where it is nobody's in particular
   * @throws {Problem} 503 where too many are waiting
   */
  return async function run<T>(client: string | undefined, task: () => Promise<T>): Promise<T> {
    if (running >= limits.atOnce) {
      if (isFull(client)) {
        throw comeBackLater(503, "busy", "Too many sign-ins at once. Try again shortly.", 2000);
      }
      // Whoever finishes hands its place over, so that nobody slips in between.
      await new Promise<void>((start) => waiting.push({ client, start }));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next.start();
      else running -= 1;
    }
  };
}
