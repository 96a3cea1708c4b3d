import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from './chromium.ts';
import { World } from './stage.ts';

const chromium = findChromium();
if (!chromium) {
  console.warn('No Chromium here (apt-get install chromium), so nothing is tried in a browser.');
}

/** Tests that need a browser; without one they count as skipped, and in CI as failed. */
export function inABrowser(title: string, tests: (world: () => World) => void): void {
  describe.skipIf(!chromium && !process.env.CI)(title, () => {
    let world: World | undefined;
    beforeAll(async () => {
      if (!chromium) throw new Error('In CI there must be a Chromium.');
      world = await World.open(chromium);
    });
    afterAll(() => world?.close());
    tests(() => {
      if (!world) throw new Error('the browser is not open');
      return world;
    });
  });
}
