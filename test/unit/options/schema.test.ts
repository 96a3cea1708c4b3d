import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../src/cli/command-line.ts';
import type { Answers } from '../../../src/options/answers.ts';
import { answersSchema } from '../../../src/options/json-schema.ts';
import { strictHeaders } from '../../../src/options/kinds/headers.ts';
import type { OptionName } from '../../../src/options/option.ts';
import { reproducingArguments } from '../../../src/options/reproduce.ts';
import {
  checkGiven,
  type Given,
  openQuestions,
  resolveAnswers,
} from '../../../src/options/resolve.ts';
import { options } from '../../../src/options/schema.ts';

const circumstances = { packageManager: 'npm' } as const;

function given(
  values: { readonly [Name in OptionName]?: unknown },
): ReadonlyMap<OptionName, Given> {
  return new Map(
    Object.entries(values).map(([name, value]) => [name as OptionName, { value, where: name }]),
  );
}

const maybe = <Value>(...values: readonly Value[]) => fc.constantFrom(undefined, ...values);

/** Values for every option, of which those that do not apply are taken out again. */
const settings = fc
  .record({
    auth: maybe('session', 'jwt', 'both'),
    jwtAlgorithm: maybe('HS256', 'EdDSA', 'ES256'),
    refreshTransport: maybe('cookie', 'body'),
    revocation: maybe('expiry', 'instant'),
    sessionStore: maybe('database', 'redis', 'memory'),
    hash: maybe('argon2id', 'bcrypt', 'scrypt', 'pbkdf2'),
    database: maybe('sqlite', 'postgres'),
    corsOrigins: maybe([], ['https://a.example.com'], ['https://a.b', 'https://*.example.com']),
    helmet: maybe('strict', 'web', 'custom'),
    helmetHeaders: maybe(
      {},
      { xFrameOptions: false },
      { permissionsPolicy: 'a=(), b=(self "x y")' },
    ),
    testRunner: maybe('vitest', 'node'),
    packageManager: maybe('npm', 'pnpm', 'yarn', 'bun'),
    git: maybe(true, false),
    install: maybe(true, false),
  })
  .map(({ ...values }) => {
    const { auth = 'session', helmet = 'strict' } = values;
    if (auth === 'session') {
      values.jwtAlgorithm = undefined;
      values.refreshTransport = undefined;
      values.revocation = undefined;
    }
    if (auth === 'jwt') values.sessionStore = undefined;
    if (helmet !== 'custom') values.helmetHeaders = undefined;
    const defined = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(defined) as Partial<Answers>;
  });

describe('answers', () => {
  test('have exactly the keys that apply, and are frozen to the bottom', () => {
    fc.assert(
      fc.property(settings, (values) => {
        const answers = resolveAnswers(given({ name: 'x', ...values }), circumstances);
        expect(answers).toMatchObject({
          ...values,
          ...(values.helmetHeaders && { helmetHeaders: {} }),
        });
        const tokens = answers.auth !== 'session';
        expect('jwtAlgorithm' in answers).toBe(tokens);
        expect('revocation' in answers).toBe(tokens);
        expect('sessionStore' in answers).toBe(answers.auth !== 'jwt');
        expect('helmetHeaders' in answers).toBe(answers.helmet === 'custom');
        expect(isFrozen(answers)).toBe(true);
      }),
    );
  });

  test('do not freeze what they were made from', () => {
    const corsOrigins = ['https://a.b'];
    resolveAnswers(given({ name: 'x', corsOrigins, helmet: 'custom' }), circumstances);
    expect(Object.isFrozen(corsOrigins)).toBe(false);
    expect(Object.isFrozen(strictHeaders.strictTransportSecurity)).toBe(false);
  });

  test('come back exactly from the arguments that reproduce them', () => {
    fc.assert(
      fc.property(settings, (values) => {
        const answers = resolveAnswers(given({ name: 'my-api', ...values }), circumstances);
        const line = readCommandLine(reproducingArguments(answers, 'my-api', 'my-api'));
        expect(line).toMatchObject({ directory: 'my-api', yes: true });
        checkGiven(line.given);
        const named = new Map(line.given).set('name', { value: 'my-api', where: '' });
        expect(resolveAnswers(named, circumstances)).toEqual(answers);
      }),
      { numRuns: 2000 },
    );
  });
});

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozen);
}

describe('the schema', () => {
  test('teaches: every choice says what it costs, every question of weight what is at stake', () => {
    for (const option of options.filter(({ asked }) => asked)) {
      expect(option.question).toMatch(/\?$/);
      expect(option.risk).toMatch(/\.$/);
    }
    for (const { kind } of options) {
      if (kind.id !== 'choice') continue;
      for (const { title, cost } of kind.offered) {
        expect(title).not.toBe('');
        expect(cost.length).toBeGreaterThan(10);
        expect(cost.length).toBeLessThan(110);
      }
    }
  });

  test('has each name and each flag once, and deciding options before those they decide about', () => {
    const names = options.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(options.map(({ flag }) => flag)).size).toBe(names.length);
    for (const { name, when } of options) {
      if (when !== undefined) expect(names.indexOf(when.option)).toBeLessThan(names.indexOf(name));
    }
  });

  test('is a JSON Schema with the conditions', () => {
    expect(answersSchema()).toMatchObject({
      additionalProperties: false,
      properties: {
        auth: { enum: ['session', 'jwt', 'both'], default: 'session' },
        database: { enum: ['sqlite', 'postgres'] },
        sessionStore: { enum: ['database', 'redis', 'memory'] },
        corsOrigins: { type: 'array' },
        git: { type: 'boolean', default: true },
      },
      allOf: expect.arrayContaining([
        {
          // Left out, auth is session: tokens need it to be there.
          if: { properties: { auth: { enum: ['jwt', 'both'] } }, required: ['auth'] },
          else: { properties: { jwtAlgorithm: false } },
        },
        {
          if: { properties: { auth: { enum: ['session', 'both'] } } },
          else: { properties: { sessionStore: false } },
        },
      ]),
    });
  });

  test('asks for what is open, and only for what is known to apply', () => {
    const open = (values: object) => openQuestions(given(values)).map(({ name }) => name);
    expect(open({})).toEqual(['name', 'auth', 'database', 'hash', 'corsOrigins', 'helmet']);
    expect(open({ name: 'x', auth: 'jwt', hash: 'scrypt', helmet: 'custom' })).toEqual([
      'jwtAlgorithm',
      'refreshTransport',
      'revocation',
      'database',
      'corsOrigins',
      'helmetHeaders',
    ]);
  });
});
