import { describe, expect, test } from 'vitest';
import type { ProjectRecord } from '../../../src/merge/record.ts';
import { recordedAnswers, renewAnswers } from '../../../src/merge/renewed-answers.ts';
import type { OptionName } from '../../../src/options/option.ts';

const answers = {
  name: 'api',
  auth: 'jwt',
  jwtAlgorithm: 'EdDSA',
  refreshTransport: 'body',
  revocation: 'instant',
  hash: 'bcrypt',
  database: 'sqlite',
  corsOrigins: ['https://a.example'],
  helmet: 'web',
  testRunner: 'node',
  packageManager: 'pnpm',
  git: false,
  install: false,
};
const record = (more: object = {}, formerHashes: readonly string[] = []): ProjectRecord => ({
  version: '0.1.0',
  answers: { ...answers, ...more },
  formerHashes,
  base: new Map(),
  owners: new Map(),
  digest: '',
});
const given = (values: object) =>
  new Map(
    Object.entries(values).map(([name, value]) => [name as OptionName, { value, where: name }]),
  );

describe('the answers of a project that is renewed', () => {
  test('are the recorded ones where nothing else is said', () => {
    expect(renewAnswers(record(), new Map())).toEqual(answers);
    expect(recordedAnswers(record())).toEqual(answers);
  });

  test('are those that are given, without what no longer applies and with the defaults of what does', () => {
    const { jwtAlgorithm: _, refreshTransport: __, revocation: ___, ...rest } = answers;
    expect(renewAnswers(record(), given({ auth: 'session' }))).toEqual({
      ...rest,
      auth: 'session',
      sessionStore: 'database',
    });
  });

  test('keep what was recorded of the first run: whether to install and to commit', () => {
    expect(renewAnswers(record({ install: true }), given({ install: false }))).toMatchObject({
      install: true,
    });
  });

  test('remember every hash that passwords may still be of', () => {
    const once = renewAnswers(record(), given({ hash: 'scrypt' }));
    expect(once.formerHashes).toEqual(['bcrypt']);
    const twice = renewAnswers(record({ hash: 'scrypt' }, ['bcrypt']), given({ hash: 'argon2id' }));
    expect(twice.formerHashes).toEqual(['bcrypt', 'scrypt']);
    const back = renewAnswers(record({ hash: 'scrypt' }, ['bcrypt']), given({ hash: 'bcrypt' }));
    expect(back.formerHashes).toEqual(['scrypt']);
    expect(recordedAnswers(record({}, ['scrypt'])).formerHashes).toEqual(['scrypt']);
    expect(recordedAnswers(record({}, ['made-up'])).formerHashes).toBeUndefined();
  });

  test.each([
    [{ sessionStore: 'memory' }, 'not-applicable'],
    [{ hash: 'md5' }, 'unknown-choice'],
  ])('cannot be %j', (values, code) => {
    expect(() => renewAnswers(record(), given(values))).toThrow(expect.objectContaining({ code }));
  });

  test('go from SQLite to PostgreSQL, which is remembered, and not back', () => {
    const moved = renewAnswers(record(), given({ database: 'postgres' }));
    expect(moved.formerDatabase).toBe('sqlite');
    const later = { ...record({ database: 'postgres' }), formerDatabase: 'sqlite' } as const;
    expect(recordedAnswers(later).formerDatabase).toBe('sqlite');
    expect(recordedAnswers(record({ database: 'postgres' })).formerDatabase).toBeUndefined();
    const back = () => renewAnswers(later, given({ database: 'sqlite' }));
    expect(back).toThrow(expect.objectContaining({ code: 'other-database' }));
  });

  test('cannot come from a record of an answer that is none', () => {
    expect(() => renewAnswers(record({ hash: 'md5' }), new Map())).toThrow(/manifest\.json/);
  });
});
