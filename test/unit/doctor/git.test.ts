import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openRepository, type Repository } from '../../../src/doctor/git.ts';
import { NotKnown } from '../../../src/doctor/not-known.ts';
import { examineSecrets } from '../../../src/doctor/secrets.ts';
import { answersOf } from '../../matrix/variants.ts';

let root: string;
let inside: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cse-git-'));
  inside = join(root, 'packages/api');
  mkdirSync(inside, { recursive: true });
  git('init', '--quiet');
});

afterEach(() => rmSync(root, { recursive: true }));

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: root,
    stdio: 'ignore',
  });
}

test('a secret is looked for in the whole repository, from a package of it', async () => {
  writeFileSync(join(root, 'deploy ü.sh'), 'A=drawn\n');
  git('add', '.');
  // As a hook of another repository would have it.
  vi.stubEnv('GIT_DIR', join(root, 'elsewhere'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const repository = (await openRepository(inside)) as Repository;
  expect(await repository.filesWith(['drawn'])).toEqual(['../../deploy ü.sh']);
  expect(await repository.filesWith(['other'])).toEqual([]);
});

test('where git does not answer, nothing is fine: its reason is told', async () => {
  writeFileSync(join(inside, '.env'), 'A=b\n');
  writeFileSync(join(inside, '.gitignore'), '.env\n');
  git('add', '--force', '.');
  const repository = (await openRepository(inside)) as Repository;
  expect(await repository.wasCommitted('.env')).toBe(true);
  expect(await repository.isIgnored('.env')).toBe(true);
  expect(await repository.wasCommitted('.other')).toBe(false);

  appendFileSync(join(root, '.git/config'), '[');
  for (const answer of [
    await repository.isIgnored('.env'),
    await repository.wasCommitted('.env'),
    await repository.filesWith(['a']),
    await openRepository(inside),
  ]) {
    expect(answer).toMatchObject({ why: expect.stringMatching(/^fatal: bad config/) });
    expect(answer).toBeInstanceOf(NotKnown);
  }
  const record = { version: '0', answers: answersOf({}), hashes: new Map(), base: undefined };
  const { findings } = await examineSecrets(
    inside,
    record,
    undefined,
    await openRepository(inside),
  );
  expect(findings.map(({ what }) => what)).toEqual([
    expect.stringMatching(/^it cannot be told whether git has the secrets: fatal: bad config/),
  ]);
});

test('a folder in no repository is no question to git', async () => {
  rmSync(join(root, '.git'), { recursive: true });
  expect(await openRepository(inside)).toBeUndefined();
});
