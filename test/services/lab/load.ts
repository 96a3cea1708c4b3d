/** Clients that send requests one after the other until they are stopped. */
export interface Load {
  /** Resolves once so many more requests were answered. */
  goOn(requests: number): Promise<void>;
  /** Resolves once the statuses so far satisfy a condition. */
  until(condition: (statuses: readonly number[]) => boolean): Promise<void>;
  /** Lets each client finish, and tells the statuses of all that was answered. */
  stop(): Promise<readonly number[]>;
}

/**
 * Sets clients to work.
 *
 * @param work what each does again and again; returns the statuses that it was answered with
 */
export function clientsAtWork(clients: number, work: () => Promise<readonly number[]>): Load {
  const statuses: number[] = [];
  let running = true;
  const all = Promise.all(
    Array.from({ length: clients }, async () => {
      while (running) statuses.push(...(await work()));
    }),
  );
  // Whoever waits for it hears of it; until then it must not end the process.
  all.catch(() => {});
  const until: Load['until'] = async (condition) => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
    while (!condition(statuses)) await Promise.race([pause(), all]);
  };
  return {
    until,
    goOn: (requests) => {
      const enough = statuses.length + requests;
      return until(({ length }) => length >= enough);
    },
    async stop() {
      running = false;
      await all;
      return statuses;
    },
  };
}
