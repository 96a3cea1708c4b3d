import { afterAll, beforeAll, describe, test } from 'vitest';
import { CLAIMS } from '../claims.ts';
import { inABrowser } from './in-a-browser.ts';
import { SERVED_PAGES } from './served-pages.ts';
import type { Stage } from './stage.ts';
import { VARIANTS, type VariantName } from './variants.ts';

/** Visits a variant, and has a test for each claim. */
export function proveClaims(name: VariantName): void {
  const answers = VARIANTS[name];
  inABrowser('in a browser', (world) => {
    let stage: Stage | undefined;
    beforeAll(async () => {
      stage = await world().stage(name, answers, [SERVED_PAGES]);
    });
    afterAll(() => stage?.close());

    describe(name, () => {
      for (const claim of CLAIMS.filter(({ applies }) => applies(answers))) {
        test(`${claim.title} (${claim.requirement})`, async () => {
          if (!stage) throw new Error('the project does not run');
          await claim.prove(stage);
        });
      }
    });
  });
}
