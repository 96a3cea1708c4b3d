import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  addTo,
  askFromPages,
  checkHost,
  filesOf,
  IN_ORDER,
  removeFrom,
  startHost,
  useHost,
} from './lab/in-host.ts';
import { layOutHost } from './lab/lab.ts';
import type { HostFixture } from './lab/shapes.ts';

/** Whose pages may read what hosts answer, where ours decides it. */
const PAGES = 'https://app.example.com';

/** Adds to hosts, uses them, and removes again. */
export function tryHosts(fixtures: readonly HostFixture[], purpose: string): void {
  describe.each(fixtures)('$name', (fixture) => {
    test('is added to, works, and is afterwards what it was', async () => {
      const folder = await layOutHost(fixture, purpose);
      const before = await filesOf(folder);
      const { replace = [] } = fixture;
      const answers = replace.includes('cors') ? { corsOrigins: [PAGES] } : {};

      const { handOver, shape } = await addTo(folder, answers, { replace });
      expect(shape).toMatchObject(expectedShape(fixture));
      expect(handOver === undefined).toBe(fixture.made !== 'wrapped');
      if (handOver !== undefined) {
        // Nothing of the host's sources was touched; a person does as was said.
        const added = Object.entries(await filesOf(folder));
        const changed = added.filter(([path, text]) => path in before && before[path] !== text);
        expect(changed.map(([path]) => path).sort()).toEqual(
          ['.gitignore', 'package.json'].filter((path) => path in before),
        );
        const [path = '', line = ''] = handOver.where.split(/[:,]/);
        const lines = readFileSync(join(folder, path), 'utf8').split('\n');
        lines.splice(Number(line), 0, ...handOver.lines.mounts);
        lines.unshift(handOver.lines.imports);
        writeFileSync(join(folder, path), lines.join('\n'));
      }

      await checkHost(folder, fixture);
      const host = await startHost(folder, fixture);
      try {
        expect(await useHost(host.origin)).toEqual(IN_ORDER);
        if (replace.length > 0) {
          expect(await askFromPages(host.origin, PAGES)).toBe(`default-src 'none', ${PAGES}`);
          const others = await askFromPages(host.origin, 'https://evil.example.net');
          expect(others).toBe("default-src 'none', null");
        }
      } finally {
        await host.stop();
      }

      const again = await addTo(folder, {}, { replace });
      expect(again.changes.filter(({ kind }) => kind !== 'unchanged')).toEqual([]);

      if (handOver !== undefined) {
        const [path = ''] = handOver.where.split(/[:,]/);
        writeFileSync(join(folder, path), Buffer.from(before[path] ?? '', 'latin1'));
      }
      await removeFrom(folder);
      expect(await filesOf(folder)).toEqual(before);
    });
  });
}

function expectedShape(fixture: HostFixture): object {
  const { language, modules, suffix, express, testRunner, packageManager, sourceRoot } = fixture;
  const { indent, quote, semicolons, eol } = fixture;
  return {
    language,
    modules,
    importSuffix: suffix,
    express,
    testRunner,
    packageManager,
    sourceRoot,
    style: { indent, quote, semicolons, eol },
  };
}
