import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/options/answers.ts';
import { renderProject } from '../../src/render/project.ts';
import { CHECKS } from './checks/every-check.ts';
import { Forms } from './lab/style.ts';
import { TypedProjects } from './lab/types.ts';
import { emptyLists } from './seams.ts';
import { everyVariant, movedVariants } from './variants.ts';

/**
 * Renders every project with one hash, once, and looks at it in every way. Divided by the hash so that several
 * processes can share the work.
 */
export function testEvery(hash: Answers['hash']): void {
  describe(`every project that hashes with ${hash}`, () => {
    const variants = everyVariant(ALL ? 'each' : 'in turn').filter(
      ({ answers }) => answers.hash === hash,
    );
    const problems = new Problems();
    const forms = new Forms();
    const typed = new TypedProjects();

    beforeAll(async () => {
      for (const variant of variants) {
        const { label, answers } = variant;
        const tree = await renderProject(answers);
        for (const check of CHECKS) problems.add(check(tree, answers), label);
        problems.add(emptyLists(answers), label);
        forms.add(tree);
        // With the other package managers, the same code comes again.
        if (!ALL || answers.packageManager === 'npm') typed.add(variant, tree);
      }
      for (const { label, answers } of movedVariants()) {
        if (answers.hash !== hash) continue;
        problems.add(emptyLists(answers), label);
        forms.add(await renderProject(answers));
      }
    }, 60 * MINUTE);

    test('is sound in memory', () => {
      expect(variants.length).toBeGreaterThan(1000);
      expect(problems.summary()).toEqual([]);
    });

    test('is formatted and linted', async () => {
      expect(await forms.problems(`style-${hash}`)).toEqual([]);
    });

    test('type-checks', { timeout: 60 * MINUTE }, async () => {
      expect(await typed.problems(ALL ? 'all' : 'covering', `types-${hash}`)).toEqual([]);
    });
  });
}

/** `npm run test:all` leaves nothing out; `npm test` what a covering set shows as well. */
const ALL = process.env.MODE === 'all';
const MINUTE = 60_000;

/** Each problem once, with how often it came and one project that has it. */
class Problems {
  readonly #found = new Map<string, { readonly label: string; times: number }>();

  add(problems: Iterable<string>, label: string): void {
    for (const problem of problems) {
      const known = this.#found.get(problem);
      if (known) known.times += 1;
      else this.#found.set(problem, { label, times: 1 });
    }
  }

  summary(): readonly string[] {
    return [...this.#found].map(
      ([problem, { label, times }]) => `${problem} (${times} times, as in ${label})`,
    );
  }
}
