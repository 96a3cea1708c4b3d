import { expect, test } from 'vitest';
import { changeDocument } from '../../../src/cli/change-document.ts';
import type { Change } from '../../../src/disk/changes.ts';

const file = { content: 'DATABASE_PASSWORD=hush', mode: 0o600, feature: 'project', secret: true };
const before = 'the hash of what is there';
const ours = { mode: '0600', feature: 'project' };

test.each<[Change, object]>([
  [
    { kind: 'create', path: 'a', file },
    { change: 'create', path: 'a', ...ours },
  ],
  [
    { kind: 'create', path: 'a', file, insteadOf: 'b' },
    { change: 'create', path: 'a', ...ours, insteadOf: 'b' },
  ],
  [
    { kind: 'merge', path: 'a', file, before, conflicts: ['line 1'], why: 'yours' },
    { change: 'merge', path: 'a', ...ours, conflicts: ['line 1'], why: 'yours' },
  ],
  [
    { kind: 'conflict', path: 'a', file, before, problems: ['line 1'] },
    { change: 'conflict', path: 'a', ...ours, problems: ['line 1'] },
  ],
  [
    { kind: 'delete', path: 'a', feature: 'jwt', before },
    { change: 'delete', path: 'a', feature: 'jwt' },
  ],
])('a program reads of $kind what it is to know, and no content', (change, document) => {
  expect(changeDocument(change)).toEqual(document);
});
