import { expect, test } from 'vitest';
import { differences } from '../../../scripts/advisories/differences.ts';
import type { Advisory } from '../../../src/doctor/advisories.ts';

const URL = 'https://github.com/advisories/';

const known: Advisory = {
  package: 'qs',
  range: '<6.2.4 || 6.3.0 - 6.3.2',
  id: 'GHSA-hrpp-h998-j3pp, CVE-2022-24999',
  what: 'a query can hang the process',
  mend: '6.3.3',
};

const published = new Map([['qs', ['6.2.3', '6.2.4', '6.3.0', '6.3.2', '6.3.3-beta.1', '6.3.3']]]);

function audit(...rows: readonly (readonly [name: string, ghsa: string, range: string])[]) {
  const via = rows.map(([name, ghsa, range]) => ({ name, range, title: 'bad', url: URL + ghsa }));
  // npm names what depends on a package with an advisory by its name only.
  return { vulnerabilities: { qs: { via }, express: { via: ['qs'] } } };
}

test('a table that says the same in other words is without fault', () => {
  // The registry has a row for each line of releases.
  const same = audit(
    ['qs', 'GHSA-hrpp-h998-j3pp', '<=6.2.3'],
    ['qs', 'GHSA-hrpp-h998-j3pp', '>=6.3.0 <6.3.3-beta.1'],
  );
  expect(differences([known], same, published)).toEqual([]);
});

test('what the table does not know is told', () => {
  const more = audit(
    ['qs', 'GHSA-hrpp-h998-j3pp', known.range],
    ['qs', 'GHSA-6rw7-vpxm-498p', '<6.14.1'],
  );
  expect(differences([known], more, published)).toEqual([
    'missing: qs <6.14.1 (GHSA-6rw7-vpxm-498p): bad',
  ]);
});

test('other versions are told, those before a release too', () => {
  const wider = audit(['qs', 'GHSA-hrpp-h998-j3pp', '<6.3.3']);
  expect(differences([known], wider, published)).toEqual([
    'versions: qs (GHSA-hrpp-h998-j3pp) is <6.3.3; not the same for 6.2.4, 6.3.3-beta.1',
  ]);
});

test('what the registry has withdrawn, or has of another package, is told', () => {
  const other = audit(['hapi-qs', 'GHSA-hrpp-h998-j3pp', known.range]);
  expect(differences([known], other, published)).toEqual([
    `missing: hapi-qs ${known.range} (GHSA-hrpp-h998-j3pp): bad`,
    'unknown to the registry: qs (GHSA-hrpp-h998-j3pp)',
  ]);
});
