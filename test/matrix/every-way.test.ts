import { readFile, rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRegeneration } from '../../src/commands/regeneration.ts';
import { isChange } from '../../src/disk/changes.ts';
import { commit } from '../../src/disk/commit.ts';
import { isMigration } from '../../src/merge/migrations.ts';
import type { OptionName } from '../../src/options/option.ts';
import { MANIFEST } from '../../src/record-paths.ts';
import { renderProject } from '../../src/render/project.ts';
import { labFolder, layOut } from './lab/lab.ts';
import { everyVariant, type Variant } from './variants.ts';

const variants = everyVariant();
const variant = fc.nat({ max: variants.length - 1 }).map((index) => variants[index] as Variant);

/** `npm run test:all` looks further each time. */
const RUNS = process.env.MODE === 'all' ? { numRuns: 1000 } : { numRuns: 30, seed: 4 };

test('from any answers to any others, a project that nobody edited becomes the one those make', async () => {
  await fc.assert(
    fc.asyncProperty(variant, variant, async (from, to) => {
      const root = await labFolder('every-way');
      await layOut(await renderProject(from.answers), root);
      // The data stays where it is, and the formers of a hash are part of what is made.
      const answers = { ...to.answers, database: from.answers.database };
      const names = Object.keys(answers) as OptionName[];
      const given = new Map(names.map((name) => [name, { value: answers[name], where: name }]));
      const request = { root, given, modules: [], onConflict: 'fail' } as const;
      const plan = await planRegeneration(request);
      expect(plan.byHand).toEqual([]);
      await commit(plan.changes, { path: root, anchor: root }, new AbortController().signal);

      const wanted = await renderProject(plan.answers);

      for (const [path, { content, secret }] of wanted) {
        if (secret || isMigration(path) || path === '.secure-express/base.gz') continue;
        const text = await readFile(`${root}/${path}`, 'utf8');
        if (path === 'package.json') expect(JSON.parse(text)).toEqual(JSON.parse(String(content)));
        else expect(path === MANIFEST ? withoutPast(text) : text, path).toBe(content);
      }
      expect((await planRegeneration(request)).changes.filter(isChange)).toEqual([]);
      await rm(root, { recursive: true });
    }),
    RUNS,
  );
});

/** A manifest without the hashes of migrations as they were written: those are never written again. */
function withoutPast(manifest: string): string {
  return manifest.replace(/,\n *"written": "\w+"/g, '');
}
