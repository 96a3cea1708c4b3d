import { afterAll, beforeAll, describe, test } from 'vitest';
import { missing, type ServerName } from './programs.ts';
import { type Certificate, type Servers, startServers } from './servers.ts';

/**
 * Describes what is shown on real servers, which run for as long as its tests do. On a machine without them nothing of
 * it runs: one skipped test says so.
 *
 * @param tests may look at the servers once the first of them runs
 * @param certify makes what the servers prove themselves with; without it they have no TLS
 */
export function onServers(
  name: string,
  needed: readonly ServerName[],
  tests: (servers: Servers) => void,
  certify?: () => Promise<Certificate>,
): void {
  const lacking = missing(...needed);
  describe.skipIf(lacking)(name, () => {
    let running: Servers | undefined;
    const started = (): Servers => {
      if (!running) throw new Error('the servers do not run yet');
      return running;
    };
    beforeAll(async () => {
      running = await startServers(needed, await certify?.());
    });
    afterAll(() => running?.remove());
    tests({
      get postgres() {
        return started().postgres;
      },
      get redis() {
        return started().redis;
      },
      remove: () => started().remove(),
    });
  });

  tellOfMissing(name, needed);
}

/** One test that is skipped, and says why, where the machine has not all servers that something is shown on. */
export function tellOfMissing(name: string, needed: readonly ServerName[]): void {
  const lacking = missing(...needed);
  test(`the servers are on this machine: ${name}`, (context) => {
    if (lacking === undefined) return;
    console.warn(`Not on this machine: ${lacking}. Not shown: ${name}.`);
    context.skip(lacking);
  });
}
