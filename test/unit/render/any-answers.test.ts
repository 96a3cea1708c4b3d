import fc from 'fast-check';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { headerNames } from '../../../src/options/kinds/header-settings.ts';
import { headersKind } from '../../../src/options/kinds/headers.ts';
import type { Option, OptionName } from '../../../src/options/option.ts';
import { applies } from '../../../src/options/option.ts';
import { type Given, resolveAnswers } from '../../../src/options/resolve.ts';
import { options } from '../../../src/options/schema.ts';
import { renderProject } from '../../../src/render/project.ts';
import { texts } from '../../matrix/checks/problem.ts';

/** What means something to a template, to code, to a comment, to JSON or to YAML. */
const PIECES = [
  ...[
    '{{',
    '}}',
    '{{{',
    '{{> app.imports}}',
    '${',
    '}',
    '`',
    "'",
    '"',
    '\\',
    '*/',
    '/*',
    '//',
    '<!--',
    '-->',
  ],
  ...['</script>', '#', ':', ' #', '- ', '$&', '\\u0022', '%0a', '=()', 'self', ';', ','],
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}[a-z]$/);
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const origin = fc.oneof(
  host.map((name) => `https://*.${name}`),
  fc
    .tuple(host, fc.option(fc.integer({ min: 1024, max: 65_535 })))
    .map(([name, port]) => `https://${name}${port === null ? '' : `:${port}`}`),
);

const setting = fc.oneof(
  fc.boolean(),
  text,
  fc.constantFrom(
    'DENY',
    'SAMEORIGIN',
    'no-referrer',
    'same-origin',
    'cross-origin',
    'strict',
    'web',
  ),
);

/** A value for an option that is often accepted, and never only harmless. */
function valueFor({ name, kind }: Option): fc.Arbitrary<unknown> {
  switch (kind.id) {
    case 'choice':
      return fc.constantFrom(...kind.offered.map(({ value }) => value));
    case 'switch':
      return fc.boolean();
    case 'origins':
      return fc.uniqueArray(origin, { maxLength: 6 });
    case 'headers':
      return fc.dictionary(fc.constantFrom(...headerNames), setting, { maxKeys: 6 });
    case 'name':
      return fc.oneof(
        label,
        fc.tuple(label, label).map(([scope, own]) => `@${scope}/${own}`),
      );
    default:
      throw new Error(`nothing is known of ${name}`);
  }
}

const given = fc.record(
  Object.fromEntries(options.map((option) => [option.name, valueFor(option)])) as Record<
    OptionName,
    fc.Arbitrary<unknown>
  >,
);

test('any answers that are accepted make code, JSON and nothing that a template left behind', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (values) => {
      const answers = accepted(values);
      const tree = await renderProject(answers);
      for (const [path, content] of texts(tree)) {
        if (path.endsWith('.ts')) {
          const { errors } = parseSync(path, content);
          expect(
            errors.map(({ message }) => message),
            path,
          ).toEqual([]);
        }
        if (path.endsWith('.json')) expect(() => JSON.parse(content), path).not.toThrow();
      }
      expect(tree.has('src/app.ts')).toBe(true);
    }),
    { numRuns: 60 },
  );
});

/** The answers that come of it; headers are left out one by one until the rest is accepted. */
function accepted(values: Readonly<Record<OptionName, unknown>>) {
  const chosen = new Map<OptionName, Given>();
  const known: { [Name in OptionName]?: unknown } = {};
  for (const option of options) {
    if (applies(option, known) !== true) continue;
    const value = option.kind.id === 'headers' ? usable(values[option.name]) : values[option.name];
    known[option.name] = value;
    chosen.set(option.name, { value, where: option.name });
  }
  return resolveAnswers(chosen, { packageManager: 'npm' });
}

/** Those of the headers that can be chosen. */
function usable(headers: unknown): object {
  const entries = Object.entries(headers as object).filter(([name, value]) => {
    try {
      headersKind.check({ [name]: value }, name);
      return true;
    } catch {
      return false;
    }
  });
  return Object.fromEntries(entries);
}
