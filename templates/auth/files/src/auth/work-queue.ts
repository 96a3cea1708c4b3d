import { comeBackLater } from "../http/problem.js";

/**
 * Runs expensive tasks a few at a time, lets a bounded number wait, and turns the rest away with 503: a flood of
 * sign-ins then costs the attacker an error, and not everybody else the server (ASVS v5.0.0-15.2.2).
 */
export function createWorkQueue(limits: { atOnce: number; waiting: number }) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function run<T>(task: () => Promise<T>): Promise<T> {
    if (running >= limits.atOnce) {
      if (waiting.length >= limits.waiting) {
        throw comeBackLater(503, "busy", "Too many sign-ins at once. Try again shortly.", 2000);
      }
      // Whoever finishes hands its place over, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
