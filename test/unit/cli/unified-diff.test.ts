import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unifiedDiff } from '../../../src/cli/unified-diff.ts';

test('a file of secrets that goes is told by names', () => {
  const root = mkdtempSync(join(tmpdir(), 'cse-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, '.env'), '# Signs.\nSESSION_SECRETS=drawn\nPORT=1\n');
  writeFileSync(join(root, 'a.ts'), 'a\n');
  const gone = { kind: 'delete', feature: 'project', before: '' } as const;
  expect(unifiedDiff(root, { ...gone, path: '.env' })).toBe(
    '.env: goes, with SESSION_SECRETS, PORT\n',
  );
  expect(unifiedDiff(root, { ...gone, path: 'a.ts' })).toContain('\n-a\n');
});
