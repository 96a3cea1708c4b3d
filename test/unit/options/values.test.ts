import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExplainedError } from '../../../src/errors.ts';
import type { HelmetHeaders } from '../../../src/options/answers.ts';
import { closest } from '../../../src/options/closest.ts';
import { checkJsonShape } from '../../../src/options/json-shape.ts';
import { headerNames, headerSettings } from '../../../src/options/kinds/header-settings.ts';
import { headersKind, strictHeaders } from '../../../src/options/kinds/headers.ts';
import { nameKind, suggestName } from '../../../src/options/kinds/name.ts';
import { originsKind } from '../../../src/options/kinds/origins.ts';
import { printable } from '../../../src/options/printable.ts';

/** What a check returns, or undefined where it refuses; anything but an explained refusal is a fault. */
function accepted<Value>(check: () => Value): Value | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof ExplainedError && error.exitCode === 2) return undefined;
    throw error;
  }
}

/** Text that looks enough like `seeds` to get past careless checks. */
function nearly(...seeds: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...seeds), fc.string({ unit: 'grapheme', maxLength: 6 }));
  return fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
}

describe('names', () => {
  test('that are accepted are safe as a folder, in npm, in a shell and in code', () => {
    const text = nearly(
      'my',
      '-',
      'api',
      '.',
      '..',
      '/',
      '@',
      'a',
      'CON',
      'nul',
      '\u202e',
      '$',
      '`',
      ' ',
    );
    fc.assert(
      fc.property(text, (name) => {
        const value = accepted(() => nameKind.check(name, 'name'));
        if (value === undefined) return;
        expect(value).toBe(name);
        expect(value).toMatch(/^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/);
        expect(value.length).toBeLessThanOrEqual(214);
      }),
      { numRuns: 3000 },
    );
  });

  test('suggestions are accepted themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = suggestName(text);
        if (name !== undefined) expect(nameKind.check(name, 'name')).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['a', 'my-api', 'api2', 'my.api', 'my_api', '@acme/api', 'a'.repeat(214)])(
    '%s is fine',
    (name) => {
      expect(nameKind.check(name, 'name')).toBe(name);
    },
  );
});

describe('origins', () => {
  test('that are accepted are their own URL.origin, or a pattern, in harmless letters', () => {
    const text = nearly(
      'https://',
      'http://',
      '*',
      '*.',
      'example',
      '.com',
      ':8080',
      '/',
      '@',
      '"',
      '`',
      '$',
      '{',
    );
    fc.assert(
      fc.property(text, (origin) => {
        const value = accepted(() => originsKind.check([origin], '--cors'));
        if (value === undefined) return;
        expect(value).toEqual([origin]);
        expect(origin).toMatch(/^https?:\/\/(\*\.)?[a-z0-9_.[\]:-]+$/);
        expect(new URL(origin.replace('*', 'a')).origin).toBe(origin.replace('*', 'a'));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('headers', () => {
  const value = (name: keyof HelmetHeaders): fc.Arbitrary<unknown> => {
    const setting = headerSettings[name];
    switch (setting.form) {
      case 'choice':
        return fc.constantFrom(...setting.choices.map((choice) => choice.value), false);
      case 'toggle':
        return fc.boolean();
      case 'text':
        return fc.oneof(fc.constant(false), fc.stringMatching(/^[ -~]{1,60}$/));
      case 'transport':
        return fc.oneof(
          fc.constant(false),
          fc.record({
            maxAge: fc.integer({ min: 31_536_000, max: 315_360_000 }),
            includeSubDomains: fc.constant(true),
            preload: fc.boolean(),
          }),
          fc.record({
            maxAge: fc.integer({ min: 0, max: 1000 }),
            includeSubDomains: fc.boolean(),
            preload: fc.constant(false),
          }),
        );
    }
  };
  const headers = fc.record(Object.fromEntries(headerNames.map((name) => [name, value(name)])));

  test('survive the way into a flag and back', () => {
    fc.assert(
      fc.property(headers, (given) => {
        const checked = headersKind.check(given, 'headers');
        const flag = headersKind.toFlag(checked);
        expect(headersKind.check(headersKind.fromFlag([flag], '--helmet-headers'), 'flag')).toEqual(
          checked,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('that are not named are strict', () => {
    expect(headersKind.check({}, 'headers')).toEqual(strictHeaders);
    expect(headersKind.check({ strictTransportSecurity: { maxAge: 1 } }, 'headers')).toEqual({
      ...strictHeaders,
      strictTransportSecurity: { maxAge: 1, includeSubDomains: true, preload: false },
    });
    expect(
      headersKind.check(headersKind.fromFlag(['xFrameOptions, originAgentCluster=false'], ''), ''),
    ).toEqual({
      ...strictHeaders,
      originAgentCluster: false,
    });
  });

  test('are written as the help spells them', () => {
    const changed = headersKind.check({ xFrameOptions: false, originAgentCluster: false }, '');
    expect(headersKind.toFlag(changed)).toBe('x-frame-options=false,origin-agent-cluster=false');
    expect(headersKind.toFlag(strictHeaders)).toBe('content-security-policy');
  });

  test.each([
    [
      'strict-transport-security=3600',
      '--helmet-headers strict-transport-security: "3600" is none of its settings',
      'Write strict-transport-security=max-age=3600, or in quotes "strict-transport-security=max-age=3600; includeSubDomains".',
    ],
    [
      'strict-transport-security=includeSubDomains',
      '--helmet-headers strict-transport-security: it has no max-age',
      /max-age=63072000; includeSubDomains; preload"\.$/,
    ],
    ['x-frame-options=ALLOW', /--helmet-headers x-frame-options: "ALLOW"/, /DENY, SAMEORIGIN/],
    ['x-permitted-cross-domain=false', /no header/, /There is content-security-policy, strict-/],
    ['x-frame-option=DENY', /no header/, 'Did you mean x-frame-options?'],
    ['{"x-frame-options":false}', /no header/, 'Did you mean xFrameOptions?'],
    [
      '{"strictTransportSecurity":{"maxAge":"1 year"}}',
      /maxAge: "1 year" is no number/,
      /31536000/,
    ],
  ])('%s is refused in the spelling of the flag', (flag, message, mend) => {
    const where = '--helmet-headers';
    const read = () => headersKind.check(headersKind.fromFlag([flag], where), where);
    const expected = (what: string | RegExp) =>
      what instanceof RegExp ? expect.stringMatching(what) : what;
    expect(read).toThrow(
      expect.objectContaining({ message: expected(message), mend: expected(mend) }),
    );
  });

  test('anything at all is accepted or refused, and never breaks the check', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (thing) => {
        accepted(() => headersKind.check(thing, 'headers'));
        accepted(() => originsKind.check(thing, 'origins'));
        accepted(() => nameKind.check(thing, 'name'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is shown', () => {
  test('is one line of printable ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(printable(text)).toMatch(/^"[ -~]*…?"$/);
      }),
    );
    expect(printable({ a: 1 })).toBe('"{"a":1}"');
  });
});

describe('the closest word', () => {
  test.each([
    ['ath', 'auth'],
    ['auht', 'auth'],
    ['AUTH', 'auth'],
    ['helmet-header', 'helmet-headers'],
    ['xyz', undefined],
    ['', undefined],
    ['a'.repeat(1000), undefined],
  ])('%s is %s', (word, expected) => {
    expect(closest(word, ['auth', 'helmet', 'helmet-headers', 'cors'])).toBe(expected);
  });
});

describe('the shape of JSON', () => {
  test('of what JSON.stringify writes is fine', () => {
    const shallow = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(shallow, (value) => {
        expect(checkJsonShape(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });

  test.each([
    ['{"a":1,"a":2}', 'twice'],
    ['{"a":{"b":1,"c":[{"d":1,"d":2}]}}', 'twice'],
    ['{"a" : 1, "\\u0061"\n:2}', 'twice'],
    ['[[[[[1]]]]]', 'deeper'],
  ])('%s is not', (text, problem) => {
    expect(checkJsonShape(text)).toContain(problem);
  });

  test.each(['{"a":"a:","b":"a","c":["a","a"]}', '{"a":"}}{{[[[[[[["}', '"', '"\\', '{"a'])(
    '%s has none',
    (text) => {
      expect(checkJsonShape(text)).toBeUndefined();
    },
  );
});
