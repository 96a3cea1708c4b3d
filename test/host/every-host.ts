import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeSync } from 'fs-extra/esm';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/attacks/attack.ts';
import { ATTACKS } from '../../src/attacks/attacks.ts';
import { isFine } from '../../src/attacks/report.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { readPartsOfHost } from '../../src/host/parts-of-host.ts';
import { attackHost, attacksInTurn, prepareForAttacks } from './lab/attack-host.ts';
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
  describe.each(fixtures.map((fixture, turn) => ({ ...fixture, turn })))('$name', (fixture) => {
    const { turn } = fixture;
    test('is added to, works, and is afterwards what it was', async () => {
      const folder = await layOutHost(fixture, purpose);
      const before = await filesOf(folder);
      const { replace = [] } = fixture;
      const { modules = [], answers = {} } = fixture.adds ?? {};
      const changed = await addTo(folder, answers, { modules, replace });
      const { handOver, shape } = changed;
      const { parts, risks } = readPartsOfHost(folder, shape.folder);
      expect(shape).toMatchObject(expectedShape(fixture));
      expect(handOver === undefined).toBe(fixture.made !== 'wrapped');
      if (handOver !== undefined) {
        // Nothing of the host's sources was touched; a person does as was said.
        const added = Object.entries(await filesOf(folder));
        const touched = added.filter(([path, text]) => path in before && before[path] !== text);
        expect(touched.map(([path]) => path).sort()).toEqual(
          ['.gitignore', 'package.json'].filter((path) => path in before),
        );
        const [path = '', line = ''] = handOver.where.split(/[:,]/);
        const lines = readFileSync(join(folder, path), 'utf8').split('\n');
        lines.splice(Number(line), 0, ...handOver.lines.mounts);
        lines.unshift(handOver.lines.imports);
        writeFileSync(join(folder, path), lines.join('\n'));
      }

      const takeBack = await prepareForAttacks(folder, changed);
      await checkHost(folder, fixture);
      const host = await startHost(folder, fixture);
      try {
        expect(await useHost(host.origin)).toEqual(IN_ORDER);
        if (replace.length > 0) {
          expect(await askFromPages(host.origin, PAGES)).toBe(`default-src 'none', ${PAGES}`);
          const others = await askFromPages(host.origin, 'https://evil.example.net');
          expect(others).toBe("default-src 'none', null");
        }
        const seen = await doctor({
          cwd: folder,
          url: host.origin,
          allowHost: undefined,
          disturb: false,
        });
        if (parts.length === 0) expect(seen.server?.findings).toEqual([]);
      } finally {
        await host.stop();
      }

      const results = await attackHost(folder, fixture, changed, attacksInTurn(turn));
      // What a host does in a dangerous way was told when the module came: the attacks see it too, and nothing else.
      const isRisk = ({ attack: { id } }: Result) =>
        ATTACKS.some(({ id: other, part }) => other === id && part && risks.includes(part));
      const [risky, others] = [results.filter(isRisk), results.filter((one) => !isRisk(one))];
      expect(others.filter((result) => !isFine(result)).map(toldOf)).toEqual([]);
      expect(risky.filter(({ outcome }) => outcome.status === 'safe').map(toldOf)).toEqual([]);
      await takeBack();

      const again = await addTo(folder, {}, { modules, replace });
      const changes = again.changes.filter(({ kind }) => kind !== 'unchanged');
      expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([]);

      if (handOver !== undefined) {
        const [path = ''] = handOver.where.split(/[:,]/);
        writeFileSync(join(folder, path), Buffer.from(before[path] ?? '', 'latin1'));
      }
      // As long as the accounts are there, git goes on ignoring them.
      removeSync(join(folder, 'data'));
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

/** What an attack came to, in a line. */
function toldOf({ attack, outcome }: Result): string {
  const [finding] = outcome.status === 'unsafe' ? outcome.findings : [];
  return `${attack.id} ${attack.title}: ${JSON.stringify(finding ?? outcome)}`;
}
