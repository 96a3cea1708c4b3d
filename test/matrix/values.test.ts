import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/options/answers.ts';
import { headersKind, strictHeaders } from '../../src/options/kinds/headers.ts';
import { nameKind } from '../../src/options/kinds/name.ts';
import { originsKind } from '../../src/options/kinds/origins.ts';
import { renderProject } from '../../src/render/project.ts';
import type { Tree } from '../../src/render/tree.ts';
import { CHECKS } from './checks/every-check.ts';
import { texts } from './checks/problem.ts';
import { answersOf } from './variants.ts';

/** Text that means something to a template, to code, to a comment or to a shell. */
const EVIL = [
  '{{constructor}}',
  '{{> app.imports}}',
  '{{{lookup . "__proto__"}}}',
  `\${process.exit(1)}`,
  '`',
  '*/ process.exit(1) /*',
  '// <!-- -->',
  'camera=(self "https://a.example" \'none\')',
  `'); process.exit(1); ('`,
  '"); process.exit(1); ("',
  '\\',
  '\\u0022',
  '$& $1 $`',
  '</script>',
  '#',
];

/** The options refuse these; rendered all the same, they must stay texts. */
const REFUSED = ['\u2028', '\u2029 end', 'one\ntwo', '\r', '\0', '💥', 'é'];

const withPolicy = (permissionsPolicy: string) =>
  answersOf({ helmet: 'custom', helmetHeaders: { ...strictHeaders, permissionsPolicy } });

describe('a header of any text', () => {
  const harmless = renderProject(withPolicy('geolocation=()'));

  test.each(EVIL)('%j can be chosen', (value) => {
    const headers = headersKind.check({ permissionsPolicy: value }, '--helmet-headers');
    expect(headers.permissionsPolicy).toBe(value);
  });

  test.each([...EVIL, ...REFUSED])(
    '%j is a literal in code that is otherwise the same',
    async (value) => {
      const tree = await renderProject(withPolicy(value));
      expect(shapesOf(tree)).toEqual(shapesOf(await harmless));
      expect(literalsIn(tree, 'src/security/headers.ts')).toContain(value);
      expect(problemsBut(value, tree, withPolicy(value))).toEqual([]);
    },
  );
});

describe('a name of any text', () => {
  const harmless = renderProject(answersOf({ auth: 'both', name: 'my-api' }));
  const harmlessAndShort = renderProject(answersOf({ auth: 'both', name: 'api' }));

  test.each(['o.k_1', '@scope/my.api', 'x', 'a'.repeat(214)])('%j', async (name) => {
    expect(nameKind.check(name, '--name')).toBe(name);
    const answers = answersOf({ auth: 'both', name });
    const tree = await renderProject(answers);
    // Passwords may hold a name of under four letters, and the test of that is another.
    const alike = name.length < 4 ? harmlessAndShort : harmless;
    expect(shapesOf(tree)).toEqual(shapesOf(await alike));
    expect(literalsIn(tree, 'src/auth/password-policy.ts')).toContain(name);
    expect(problemsBut(name, tree, answers)).toEqual([]);
  });
});

describe('origins of any length and number', () => {
  const long = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example`;

  test.each([
    [[long]],
    [['https://xn--bcher-kva.example', 'http://[::1]:5173', 'https://*.a.example']],
    [Array.from({ length: 50 }, (_, index) => `https://app${index}.example.com`)],
  ])('%j', async (origins) => {
    const corsOrigins = originsKind.check(origins, '--cors');
    const answers = answersOf({ corsOrigins });
    const tree = await renderProject(answers);
    expect(literalsIn(tree, 'src/security/cors.ts')).toEqual(expect.arrayContaining(origins));
    expect(problemsBut('', tree, answers)).toEqual([]);
  });
});

/** What the checks say, but that the value itself can be seen. */
function problemsBut(value: string, tree: Tree, answers: Answers): readonly string[] {
  const shown = JSON.stringify(value).slice(1, -1);
  return CHECKS.flatMap((check) => [...check(tree, answers)]).filter(
    (problem) => value === '' || !problem.includes(shown),
  );
}

/** The syntax of each file of code, without the texts in it. */
function shapesOf(tree: Tree): Record<string, string> {
  return Object.fromEntries(
    codeOf(tree).map(([path, { program, errors }]) => [
      path,
      errors.length > 0
        ? String(errors[0]?.message)
        : JSON.stringify(program, (key, value) => (TEXT.has(key) ? undefined : value)),
    ]),
  );
}

const TEXT = new Set(['start', 'end', 'value', 'raw', 'hashbang']);

function literalsIn(tree: Tree, path: string): readonly unknown[] {
  const found: unknown[] = [];
  const [, parsed] = codeOf(tree).find(([one]) => one === path) ?? [];
  JSON.stringify(parsed?.program, (_key, node) => {
    if (node?.type === 'Literal') found.push(node.value);
    return node;
  });
  return found;
}

function codeOf(tree: Tree) {
  return [...texts(tree)]
    .filter(([path]) => path.endsWith('.ts'))
    .map(([path, text]) => [path, parseSync(path, text)] as const);
}
