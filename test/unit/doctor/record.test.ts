import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRecord } from '../../../src/doctor/record.ts';
import { answersOf } from '../../matrix/variants.ts';

/** A folder with this in its manifest. */
function recorded(manifest: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'cse-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, '.secure-express'));
  const document = { version: '0.1.0', answers: answersOf({}), ...manifest };
  writeFileSync(join(folder, '.secure-express/manifest.json'), JSON.stringify(document));
  return folder;
}

const file = { sha256: 'abc' };

test.each([
  ['a file', { files: { '../other/.env': file } }],
  ['a file of git', { files: { '.git/config': file } }],
  ['a file by its absolute path', { files: { '/etc/hosts': file } }],
  ['the folder of a module', { host: { shape: { folder: '../x' }, wiring: [] } }],
  ['what mounts a module', { host: { shape: {}, wiring: [{ path: '../x.ts', inserted: [] }] } }],
])('%s outside the project is not looked at', (_, manifest) => {
  const folder = recorded(manifest);
  expect(() => readRecord(folder)).toThrow('has a path that leads out of the project');
});

test('what is inside is', () => {
  const record = readRecord(
    recorded({ files: { 'src/app.ts': file }, host: { shape: { folder: 'src/x' }, wiring: [] } }),
  );
  expect(record).toMatchObject({ folder: 'src/x', hashes: new Map([['src/app.ts', 'abc']]) });
});
