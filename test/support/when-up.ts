import type { ChildProcess } from 'node:child_process';

/** So long may a server take to listen, on a machine that is busy with others (milliseconds). */
const PATIENCE = 60_000;

/**
 * Waits for a process that was started until it does what it is for.
 *
 * @param look what there is to see of it by now, undefined while it is not up
 * @param said what it has written, for the error
 * @throws where it ends before, or takes too long
 */
export async function whenUp<T>(
  child: ChildProcess,
  look: () => T | undefined | Promise<T | undefined>,
  said: () => string,
): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server did not start: ${said()}`);
}
