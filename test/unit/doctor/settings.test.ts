import { describe, expect, test } from 'vitest';
import { examineSettings } from '../../../src/doctor/settings.ts';
import { answersOf } from '../../matrix/variants.ts';

const record = {
  version: '0.1.0',
  answers: answersOf({ corsOrigins: ['https://app.example.com', 'https://*.example.org'] }),
  hashes: new Map(),
  base: undefined,
};

const examine = (name: string, value: string) =>
  examineSettings(record, { settings: { [name]: value }, mode: 0o600 });

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
