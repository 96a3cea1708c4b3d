import { expect, test } from 'vitest';
import { type ChangelogEntry, readChangelog, reasonsFor } from '../../../src/merge/reasons.ts';
import { version } from '../../../src/package-root.ts';

const entry = (
  since: string,
  kind: ChangelogEntry['kind'],
  ...paths: string[]
): ChangelogEntry => ({
  since,
  kind,
  paths,
  why: `${kind} of ${since}`,
});
const changelog = [
  entry('0.2.0', 'security', 'src/auth/'),
  entry('0.10.0', 'maintenance', 'src/auth/users.ts'),
  entry('0.1.0', 'security', 'src/app.ts'),
];
const changed = { base: 'a', renewed: 'b', theirs: 'b' };

test('a change of the templates is labelled by what the changelog says since the recorded version', () => {
  expect(reasonsFor('src/auth/users.ts', changed, '0.1.0', changelog)).toEqual([
    { kind: 'security', why: 'security of 0.2.0' },
    { kind: 'maintenance', why: 'maintenance of 0.10.0' },
  ]);
  expect(reasonsFor('src/auth/users.ts', changed, '0.9.3', changelog)).toEqual([
    { kind: 'maintenance', why: 'maintenance of 0.10.0' },
  ]);
  expect(reasonsFor('src/app.ts', changed, '0.1.0', changelog)).toEqual([{ kind: 'maintenance' }]);
});

test('a change that was asked for is labelled so, beside one of the templates', () => {
  const states = { base: 'a', renewed: 'a', theirs: 'c' };
  expect(reasonsFor('src/auth/x.ts', states, '0.1.0', changelog)).toEqual([{ kind: 'answers' }]);
  expect(reasonsFor('src/auth/x.ts', { ...states, renewed: 'b' }, '0.1.0', changelog)).toEqual([
    { kind: 'answers' },
    { kind: 'security', why: 'security of 0.2.0' },
  ]);
});

test('the changelog says of each entry since when, what kind, where and why', () => {
  for (const { since, kind, paths, why } of readChangelog()) {
    expect(since).toMatch(/^\d+\.\d+\.\d+$/);
    // What nobody has yet is not told.
    expect(reasonsFor('x', changed, version, [entry(since, kind, 'x')])).toEqual([
      { kind: 'maintenance' },
    ]);
    expect(['security', 'maintenance']).toContain(kind);
    expect(paths.length).toBeGreaterThan(0);
    expect(why).toMatch(/^\S[^\n]{10,120}$/);
  }
});
