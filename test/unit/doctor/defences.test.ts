import { beforeAll, describe, expect, test } from 'vitest';
import { ATTACKS } from '../../../src/attacks/attacks.ts';
import { MENDS } from '../../../src/attacks/mends.ts';
import { countCode, countMatches, withoutComments } from '../../../src/doctor/code.ts';
import { DEFENCES } from '../../../src/doctor/defences.ts';
import { LOOSENINGS } from '../../../src/doctor/loosenings.ts';
import { NUMBERS } from '../../../src/doctor/numbers.ts';
import { readQuantities } from '../../../src/doctor/quantities.ts';
import { placeInProject } from '../../../src/merge/place-in-project.ts';
import { strictHeaders } from '../../../src/options/kinds/headers.ts';
import { renderHostModule } from '../../../src/render/host-module.ts';
import { hostNames } from '../../../src/render/host-names.ts';
import { renderProject } from '../../../src/render/project.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { SABOTAGED } from '../../attacks/sabotage/variants.ts';
import { answersOf } from '../../matrix/variants.ts';
import { SHAPES } from './host-shapes.ts';

const CUSTOM = answersOf({
  helmet: 'custom',
  helmetHeaders: {
    ...strictHeaders,
    xFrameOptions: 'SAMEORIGIN',
    crossOriginEmbedderPolicy: 'credentialless',
  },
});

/** What is there only where Redis is. */
const REDIS = answersOf({ sessionStore: 'redis' });

const trees: Tree[] = [];
/** What modules in a repo that was there before have, by where it would be in a project. */
const hosted: { readonly project: Tree; readonly files: ReadonlyMap<string, string> }[] = [];
beforeAll(async () => {
  const all = [...Object.values(SABOTAGED), CUSTOM, REDIS];
  for (const [index, answers] of all.entries()) {
    const project = await renderProject(answers);
    trees.push(project);
    const shape = index % 2 === 0 ? SHAPES.esm : SHAPES.commonJs;
    const tree = await renderHostModule(answers, shape, ['auth', 'cors', 'helmet']);
    const files = [...tree].map(
      ([path, { content }]) => [placeInProject(path, shape.folder), String(content)] as const,
    );
    hosted.push({ project, files: new Map(files) });
  }
}, 60_000);

describe('what the doctor knows of the generated code', () => {
  test.each([...DEFENCES, ...NUMBERS])('$file: $code', ({ file, code }) => {
    const counts = trees.map((tree) => countIn(tree.get(file)?.content, file, code));
    const there = hosted.map(({ files }) => countIn(files.get(file), file, hostNames(code)));
    expect(Math.max(...counts, ...there)).toBeGreaterThan(0);
    for (const [index, { project, files }] of hosted.entries()) {
      if (!files.has(file) || !project.has(file)) continue;
      expect(there[index]).toBe(countIn(project.get(file)?.content, file, code));
    }
  });

  test.each(NUMBERS)('$file: the numbers of $code', ({ file, code, bounds }) => {
    const [own] = readQuantities(code, `const DAY = 24 * 60 * 60; ${code};`);
    expect(own).toHaveLength(bounds.length);
    const all = trees.flatMap((tree) => {
      const content = tree.get(file)?.content;
      return content === undefined
        ? []
        : readQuantities(code, withoutComments(file, String(content)));
    });
    expect(new Set(all.map(String))).toEqual(new Set([String(own)]));
  });

  test('each preset of headers sets the Permissions-Policy in one of the ways that are known', () => {
    const file = 'src/security/headers.ts';
    const ways = DEFENCES.filter((one) => one.file === file && /Permissions-Policy/.test(one.code));
    for (const tree of trees) {
      const content = String(tree.get(file)?.content);
      expect(ways.filter(({ code }) => countCode(file, content, code) > 0)).toHaveLength(1);
    }
  });

  test.each(LOOSENINGS)('nothing that is made has $what', ({ pattern }) => {
    for (const tree of trees) {
      for (const [path, { content }] of tree) {
        if (!/^src\/(?!auth\/.*session)/.test(path) || !path.endsWith('.ts')) continue;
        const code = withoutComments(path, String(content));
        expect([path, countMatches(code, pattern)]).toEqual([path, 0]);
      }
    }
  });

  test('there is a mend for each attack, and for nothing else', () => {
    expect(Object.keys(MENDS).map(Number)).toEqual(ATTACKS.map(({ id }) => id));
  });
});

function countIn(content: string | Uint8Array | undefined, file: string, code: string): number {
  return content === undefined ? 0 : countCode(file, String(content), code);
}

describe('code that is looked for', () => {
  const made = 'app.use(csrf(log, isAllowed));\nconst LIMIT = 10;\nset("a", { b: "c" });\n';

  test.each([
    ['as it was', made],
    ['in another style', made.replaceAll(';', '').replaceAll('"', "'").replaceAll(' ', '  ')],
    [
      'over several lines',
      'app.use(\n  csrf(\n    log,\n    isAllowed,\n  ),\n)\nconst LIMIT = 10\nset(\n  "a", {\n  b: "c",\n})',
    ],
  ])('is found %s', (_, text) => {
    expect(countCode('a.ts', text, 'app.use(csrf(log, isAllowed))')).toBe(1);
    expect(countCode('a.ts', text, 'LIMIT = 10')).toBe(1);
    expect(countCode('a.ts', text, 'set("a", { b: "c" })')).toBe(1);
  });

  test('is found between paths that look like comments', () => {
    const text = 'app.get("/assets/*", a);\napp.use(csrf(log));\napp.get("/*/b", b);\n';
    expect(countCode('a.ts', text, 'app.use(csrf(log))')).toBe(1);
  });

  test.each([
    ['commented out', '// app.use(csrf(log, isAllowed));'],
    ['in a longer comment', '/* app.use(csrf(log, isAllowed)); */'],
    ['with another argument', 'app.use(csrf(log, () => true));'],
  ])('is gone when it is %s', (_, text) => {
    expect(countCode('a.ts', text, 'app.use(csrf(log, isAllowed))')).toBe(0);
  });

  test('counts before other code, where both are there', () => {
    const order = 'app.use(csrf(log, isAllowed)) … routes)';
    expect(countCode('a.ts', `${made}app.use(routes);`, order)).toBe(1);
    expect(countCode('a.ts', made, order)).toBe(1);
    expect(countCode('a.ts', `app.use(routes);${made}`, order)).toBe(0);
  });

  test('10 is not found in 100, nor a comment in an address', () => {
    expect(countCode('a.ts', 'const LIMIT = 100;', 'LIMIT = 10')).toBe(0);
    expect(countCode('a.ts', 'a("https://x"); b()', 'b()')).toBe(1);
    expect(countCode('Dockerfile', '# USER node', 'USER node')).toBe(0);
  });
});
