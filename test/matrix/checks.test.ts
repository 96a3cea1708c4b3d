import { expect, test } from 'vitest';
import { renderProject } from '../../src/render/project.ts';
import type { Tree, TreeFile } from '../../src/render/tree.ts';
import { CHECKS } from './checks/every-check.ts';
import { answersOf } from './variants.ts';

// A check that cannot fail says nothing: each of these faults, planted in a sound project, must be found.

const answers = answersOf({});
const sound = await renderProject(answers);

/** What every check finds in the sound project with one file changed. */
function problemsWith(path: string, change: (text: string) => string): readonly string[] {
  const file: TreeFile = sound.get(path) ?? { content: '', mode: 0o644, feature: 'project' };
  const tree: Tree = new Map([
    ...sound,
    [path, { ...file, content: change(String(file.content)) }],
  ]);
  return CHECKS.flatMap((check) => [...check(tree, answers)]);
}

const edit = (from: string | RegExp, to: string) => (text: string) => {
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`there is no ${from} to plant a fault at`);
  return edited;
};
const append = (more: string) => (text: string) => text + more;

test.each<[fault: string, path: string, change: (text: string) => string, found: string]>([
  ['a placeholder', 'SECURITY.md', append('{{> slot}}\n'), 'has an unresolved placeholder'],
  ['a broken merge', 'README.md', append('<<<<<<< HEAD\n'), 'has a mark of a merge'],
  ['a missing value', 'biome.json', edit('100', 'undefined'), 'shows a missing value'],
  ['an object', '.env.example', append('# [object Object]\n'), 'shows an object'],
  ['an empty import', 'src/app.ts', append('import {} from "express";\n'), 'empty list of names'],
  ['spaces', 'src/app.ts', append('// \n'), 'has spaces at the end of a line'],
  ['two blank lines', 'src/app.ts', append('\n\n// end\n'), 'has two blank lines'],
  ['no line end', 'src/app.ts', append('//'), 'does not end with a line end'],
  ['broken TypeScript', 'src/app.ts', append('const = 1;\n'), 'is no TypeScript'],
  ['broken JSON', 'tsconfig.json', append('}\n'), 'is no JSON'],
  ['broken YAML', '.github/workflows/ci.yml', append('a: b: c\n'), 'is no YAML'],
  ['an open code block', 'README.md', append('```\n'), 'has an open code block'],
  ['a lost file', 'src/log.ts', append('import "./gone.js";\n'), 'which is no file'],
  ['an undeclared package', 'src/log.ts', append('import "left-pad";\n'), 'not declared for it'],
  ['a development package', 'src/log.ts', append('import "tsx";\n'), 'not declared for it'],
  ['a way out of src', 'src/log.ts', append('import "../scripts/keys.js";\n'), 'leaves src'],
  [
    'an unused dependency',
    'package.json',
    edit('"express":', '"jose": "^6.0.0",\n    "express":'),
    'no production code imports jose',
  ],
  [
    'an unused tool',
    'package.json',
    edit('"tsx":', '"nodemon": "^3.0.0",\n    "tsx":'),
    'nothing uses nodemon',
  ],
  ['a dead export', 'src/log.ts', append('export const idle = 1;\n'), 'exports idle'],
  ['a stray module', 'src/stray.ts', append('import "./log.js";\n'), 'nothing refers to it'],
  ['a stray file', 'data/stray.txt', append('stray\n'), 'nothing refers to it'],
  ['a lost script', 'src/log.ts', append('// npm run nothing\n'), 'there is no such script'],
  ['a token', 'src/log.ts', append('// a JWT\n'), 'speaks of tokens'],
  ['another hash', 'src/log.ts', append('// scrypt\n'), 'speaks of scrypt'],
  ['another package manager', 'src/log.ts', append('// pnpm\n'), 'speaks of pnpm'],
  ['a file changed after its hash', 'src/log.ts', append('//\n'), 'another hash of src/log.ts'],
  ['a variable of .env alone', '.env', append('MORE=1\n'), 'sets other variables than .env'],
  ['a usable secret', '.env.example', edit('SECRETS=', 'SECRETS=s3cret'), 'has a value for'],
  ['a variable that nobody reads', '.env.example', append('# IDLE=1\n'), 'does not read IDLE'],
  [
    'a variable that is not shown',
    'src/config.ts',
    edit('    HOST:', '    MORE: z.string(),\n    HOST:'),
    'lacks MORE',
  ],
])('finds %s', (_fault, path, change, found) => {
  expect(problemsWith(path, change)).toContainEqual(expect.stringContaining(found));
});

test('finds a secret outside of .env', () => {
  const [, secret] = /SESSION_SECRETS=(.+)/.exec(String(sound.get('.env')?.content)) ?? [];
  const found = problemsWith('src/log.ts', append(`// ${secret}\n`));
  expect(found).toContain('src/log.ts: holds the secret SESSION_SECRETS');
});

test('finds nothing in the sound project', () => {
  expect(problemsWith('src/log.ts', (text) => text)).toEqual([]);
});
