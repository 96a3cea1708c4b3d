import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineFiles } from '../../../src/doctor/files.ts';
import { renderHostModule } from '../../../src/render/host-module.ts';
import { renderProject } from '../../../src/render/project.ts';
import type { Tree } from '../../../src/render/tree.ts';
import { sha256 } from '../../../src/sha256.ts';
import { applyEdits, type Edit } from '../../attacks/lab/edits.ts';
import { VARIANTS } from '../../attacks/lab/variants.ts';
import { change } from '../../attacks/sabotage/mutation.ts';
import { MUTATIONS } from '../../attacks/sabotage/mutations.ts';
import { SABOTAGED } from '../../attacks/sabotage/variants.ts';
import { SHAPES } from './host-shapes.ts';

const ANSWERS = VARIANTS['both-es256'];

/**
 * Only `doctor --url` sees these: code that has come in and is right elsewhere, what opens no door by itself, or what an
 * owner may choose.
 */
const UNSEEN: ReadonlySet<string> = new Set([
  'the server says what it is',
  '401 tells of tokens, and not of the cookie',
  'a bad token is not called bad',
  'a broken body is a server error',
  'a broken body is taken for one of another kind',
  'it does not say which setting is wrong',
  'a page may ask for one power more',
  'cookies are shared out among frames',
  'a digit is asked for',
  'addresses are logged as they come',
  '100 connections at most',
]);

describe('what is taken out of a project is found without a server', () => {
  test.each(MUTATIONS)('$attack $name', async ({ name, variant, edits }) => {
    const seen = await examine(await renderProject(SABOTAGED[variant]), edits);
    expect(seen.findings.length > 0).toBe(!UNSEEN.has(name));
    // What is not told is not called sound either.
    if (UNSEEN.has(name)) expect(seen.unjudged).toBe(1);
  });

  test('what is edited elsewhere is no matter of the defences', async () => {
    const edits = [change('README.md', '## Routes', '## All routes')];
    const seen = await examine(await renderProject(ANSWERS), edits);
    expect(seen).toMatchObject({ findings: [], notes: [{ where: 'README.md' }], unjudged: 0 });
  });

  const csrf = 'app.use(csrf(log, isAllowedOrigin));';
  const routes = 'app.use("/auth", auth.router);';
  test.each([
    [
      'csrf behind the routes',
      [change('src/app.ts', csrf, ''), change('src/app.ts', routes, `${routes}${csrf}`)],
    ],
    [
      'nothing refused by csrf',
      [change('src/security/csrf.ts', 'if (SAFE', 'return next();\nif (SAFE')],
    ],
    [
      'the whole folder served',
      [change('src/app.ts', routes, `${routes} app.use(express.static('.'));`)],
    ],
    [
      'a cookie for other sites',
      [change('src/app.ts', routes, `${routes} const x = { sameSite: 'None' };`)],
    ],
  ])('%s', async (_, edits) => {
    const { findings } = await examine(await renderProject(ANSWERS), edits);
    expect(findings.map(({ where }) => where)).toEqual([edits[0]?.file]);
  });
});

describe('what is taken out of a module in an app is found as well', () => {
  const index = 'src/secure-auth/index.ts';
  const app = (line: string, instead = '') => change(index, `  app.use(${line});\n`, instead);
  test.each([
    ['no headers', [app('securityHeaders()')]],
    ['no csrf', [app('csrf(log, isAllowedOrigin)')]],
    [
      'no csrf on the app’s own routes',
      [change(index, 'guard.use(csrf(log, isAllowedOrigin));', '')],
    ],
    ['own routes that are open', [change(index, 'guard.use(auth.requireAuth);', '')]],
    ['bodies of any size', [app('jsonBody', 'app.use(express.json());')]],
    ['forms', [app('jsonBody', 'app.use(express.urlencoded());')]],
    [
      'http origins',
      [change('src/secure-auth/config.ts', 'AUTH_CORS_ORIGINS.every(isConfidential)', 'true')],
    ],
  ])('%s', async (_, edits) => {
    const { esm } = SHAPES;
    const tree = await renderHostModule(ANSWERS, esm, ['auth', 'cors', 'helmet']);
    const { findings } = await examine(tree, edits, esm.folder);
    expect(findings.map(({ where }) => where)).toEqual([edits[0]?.file]);
  });
});

test.each(Object.keys(SHAPES) as (keyof typeof SHAPES)[])(
  'other line ends are no edit: %s',
  async (name) => {
    const shape = SHAPES[name];
    const tree = await renderHostModule(ANSWERS, shape);
    const file = [...tree.keys()].find((path) => path.includes('/config.')) ?? '';
    const text = String(tree.get(file)?.content);
    const other = text.includes('\r\n')
      ? text.replaceAll('\r\n', '\n')
      : text.replaceAll('\n', '\r\n');
    const seen = await examine(tree, [change(file, text, other)], shape.folder);
    expect(seen).toMatchObject({ findings: [], notes: [], unjudged: 0 });
    const edited = await examine(tree, [change(file, text, `${other}// More.`)], shape.folder);
    expect(edited).toMatchObject({ findings: [], notes: [{ where: file }], unjudged: 1 });
  },
);

/** What is told of the files that edits change. */
async function examine(tree: Tree, edits: readonly Edit[], folder?: string) {
  const changed = applyEdits(tree, edits);
  const directory = mkdtempSync(join(tmpdir(), 'cse-sabotage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const base = new Map<string, string>();
  for (const { file } of edits) {
    base.set(file, String(tree.get(file)?.content));
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), String(changed.get(file)?.content));
  }
  return examineFiles(directory, {
    version: '0.1.0',
    answers: ANSWERS,
    hashes: new Map([...base].map(([path, text]) => [path, sha256(text)])),
    base,
    ...(folder !== undefined && { folder }),
  });
}
