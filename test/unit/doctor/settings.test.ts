import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '../../../src/doctor/environment.ts';
import { NotKnown } from '../../../src/doctor/not-known.ts';
import { examineSecrets } from '../../../src/doctor/secrets.ts';
import { examineSettings } from '../../../src/doctor/settings.ts';
import { answersOf } from '../../matrix/variants.ts';

const record = {
  version: '0.1.0',
  answers: answersOf({ corsOrigins: ['https://app.example.com', 'https://*.example.org'] }),
  hashes: new Map(),
  base: undefined,
};

const examine = (name: string, value: string) =>
  examineSettings(record, { settings: { [name]: value }, mode: 0o600, nameOf: (same) => same });

/** A folder with this `.env`. */
function folderWith(env: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cse-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '.env'), env, { mode: 0o600 });
  return folder;
}

describe('a setting that is looser than the project was made', () => {
  test.each([
    ['PASSWORD_MIN_LENGTH', '8'],
    ['ACCESS_TOKEN_TTL', '86400'],
    ['REFRESH_TOKEN_TTL', '31536000'],
    ['REFRESH_IDLE_TTL', '31536000'],
    ['REFRESH_LEEWAY', '60'],
    ['SESSION_IDLE_TTL', '1801'],
    ['SESSION_ABSOLUTE_TTL', 'never'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://app.example.com,https://evil.example'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'http://shop.example.org'],
    ['CORS_ORIGINS', 'null'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::ffff:10.0.0.0/8'],
    ['TRUST_PROXY', '10.0.0.0/8,all'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['LOG_LEVEL', 'silent'],
    ['DATABASE_URL', 'postgres://app:x@db.example.com/app?sslmode=disable'],
  ])('%s=%s', (name, value) => {
    expect(examine(name, value).findings.map(({ where }) => where)).toEqual([name]);
  });
});

describe('a setting that is as strict', () => {
  test.each([
    ['PASSWORD_MIN_LENGTH', '16'],
    ['ACCESS_TOKEN_TTL', '300'],
    ['REFRESH_LEEWAY', '5'],
    ['CORS_ORIGINS', 'none'],
    ['CORS_ORIGINS', 'https://app.example.com, https://shop.example.org'],
    ['CORS_ORIGINS', 'http://localhost:5173'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', 'loopback,10.1.2.3/32,fd00::/8'],
    ['LOG_LEVEL', 'debug'],
    ['DATABASE_URL', 'postgres://app:x@localhost:5432/app?sslmode=disable'],
  ])('%s=%s', (name, value) => {
    expect(examine(name, value).findings).toEqual([]);
  });
});

describe('in an app that was there before', () => {
  const wheres = async (env: string, isHost: boolean) => {
    const folder = folderWith(env);
    const environment = readEnvironment(folder, isHost);
    const parts = [
      examineSettings(record, environment),
      await examineSecrets(folder, record, environment, undefined),
    ];
    const findings = parts.flatMap((part) => part.findings.map(({ where }) => where));
    return findings.filter((where) => where !== '.env');
  };
  const LOOSE = [
    ['CORS_ORIGINS', 'https://evil.example'],
    ['DATABASE_URL', 'postgres://app:x@db.example.com/app?sslmode=disable'],
    ['LOG_LEVEL', 'silent'],
  ];
  const textOf = (prefix: string) =>
    LOOSE.map(([name, value]) => `${prefix}${name}=${value}\n`).join('');

  test('the settings count that the module reads, by the names that it has for them', async () => {
    expect((await wheres(textOf('AUTH_'), true)).sort()).toEqual([
      'AUTH_CORS_ORIGINS',
      'AUTH_DATABASE_URL',
      'AUTH_DATABASE_URL',
      'AUTH_LOG_LEVEL',
    ]);
  });

  test('and not the app’s own', async () => {
    expect(await wheres(textOf(''), true)).toEqual([]);
    expect(await wheres('ACCESS_TOKEN_TTL=86400\n', true)).toEqual(['ACCESS_TOKEN_TTL']);
    // Which the module calls ACCESS_TOKEN_TTL, without a prefix.
    expect(await wheres('AUTH_ACCESS_TOKEN_TTL=86400\n', true)).toEqual([]);
  });

  test('in a project, what begins with AUTH_ is something else', async () => {
    expect(await wheres(textOf('AUTH_'), false)).toEqual([]);
    expect(await wheres(textOf(''), false)).toHaveLength(4);
  });
});

test('a .env that is there and cannot be read is a finding, and one that is not there is none', async () => {
  const folder = folderWith('');
  rmSync(join(folder, '.env'));
  expect(readEnvironment(folder, false)).toBeUndefined();
  mkdirSync(join(folder, '.env'));
  const unreadable = readEnvironment(folder, false);
  expect(unreadable).toBeInstanceOf(NotKnown);
  const { findings } = await examineSecrets(folder, record, unreadable, undefined);
  expect(findings.map(({ what }) => what)).toContainEqual(
    expect.stringContaining('cannot be told what it holds'),
  );
});
