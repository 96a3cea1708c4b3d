import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/options/answers.ts';
import { renderProject } from '../../src/render/project.ts';
import type { Tree } from '../../src/render/tree.ts';
import { answersOf } from '../matrix/variants.ts';

/** Each choice that brings documents of its own is in one of them. */
const projects: Readonly<Record<string, Answers>> = {
  'sessions in the database': answersOf({ auth: 'session', sessionStore: 'database' }),
  'sessions in memory': answersOf({
    auth: 'session',
    sessionStore: 'memory',
    hash: 'pbkdf2',
    packageManager: 'bun',
  }),
  'tokens with a refresh cookie': answersOf({
    auth: 'jwt',
    jwtAlgorithm: 'HS256',
    refreshTransport: 'cookie',
    revocation: 'expiry',
    hash: 'bcrypt',
    corsOrigins: ['https://app.example.com'],
    packageManager: 'pnpm',
  }),
  'tokens in bodies': answersOf({
    auth: 'jwt',
    jwtAlgorithm: 'EdDSA',
    refreshTransport: 'body',
    revocation: 'instant',
    hash: 'scrypt',
    helmet: 'web',
    testRunner: 'node',
    packageManager: 'yarn',
  }),
  'many servers': answersOf({ auth: 'session', sessionStore: 'database', database: 'postgres' }),
  'sessions in Redis': answersOf({ auth: 'session', sessionStore: 'redis', testRunner: 'node' }),
  both: answersOf({
    name: '@scope/o.k_1',
    auth: 'both',
    jwtAlgorithm: 'ES256',
    refreshTransport: 'cookie',
    revocation: 'instant',
    sessionStore: 'database',
    corsOrigins: ['https://*.example.org'],
    helmet: 'custom',
    helmetHeaders: {
      contentSecurityPolicy: 'web',
      strictTransportSecurity: false,
      xFrameOptions: 'SAMEORIGIN',
      referrerPolicy: 'same-origin',
      crossOriginOpenerPolicy: false,
      crossOriginEmbedderPolicy: false,
      crossOriginResourcePolicy: 'same-site',
      permissionsPolicy: false,
      xContentTypeOptions: true,
      xDnsPrefetchControl: true,
      xDownloadOptions: true,
      xPermittedCrossDomainPolicies: true,
      originAgentCluster: true,
    },
  }),
};

/** What a document names although it is not there yet: the reader's own file, and what the first start makes. */
const YET_TO_BE = ['src/notes/note-routes.ts', 'data/', 'data/app.db'];

describe.each(Object.entries(projects))('the documents of a project: %s', (_name, answers) => {
  let tree: Tree;
  let readme: string;
  let security: string;

  beforeAll(async () => {
    tree = await renderProject(answers);
    readme = String(tree.get('README.md')?.content);
    security = String(tree.get('SECURITY.md')?.content);
  });

  test('name only files and folders that are there', () => {
    const lost = [readme, security]
      .flatMap(pathsIn)
      .filter((path) => !YET_TO_BE.includes(path))
      .filter((path) => !tree.has(path) && ![...tree.keys()].some((key) => key.startsWith(path)));
    expect(lost).toEqual([]);
  });

  test('name every file of tests, and every folder of the source', () => {
    const tests = [...tree.keys()].filter((path) => path.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((path) => !security.includes(`\`${path}\``))).toEqual([]);
    const folders = [...tree.keys()].flatMap((path) => /^src\/\w+\//.exec(path)?.[0] ?? []);
    expect(folders.filter((folder) => !readme.includes(`\n${folder} `))).toEqual([]);
  });

  test('link to sections that are there', () => {
    const links = [readme, security].flatMap((text) =>
      [...text.matchAll(/\]\(([\w.]*)#([\w-]+)\)/g)].map(([, file, anchor]) => ({
        text: file === 'README.md' ? readme : text,
        anchor,
      })),
    );
    const broken = links.filter(({ text, anchor }) => !anchorsIn(text).includes(anchor ?? ''));
    expect(broken.map(({ anchor }) => anchor)).toEqual([]);
  });

  test('have tables whose rows are as wide as their heads', () => {
    for (const text of [readme, security]) {
      for (const [table] of text.matchAll(/(?:^\|.*\n)+/gm)) {
        const widths = table
          .trim()
          .split('\n')
          .map((row) => row.replaceAll('\\|', '').split('|').length);
        expect(new Set(widths).size, table).toBe(1);
        expect(widths.length, table).toBeGreaterThan(2);
      }
    }
  });

  test('list every setting', () => {
    const settings = [
      ...String(tree.get('.env.example')?.content).matchAll(/^(?:# )?([A-Z_]+)=/gm),
    ];
    const lost = settings.filter(([, name]) => !readme.includes(`\n| \`${name}\` |`));
    expect(lost.map(([, name]) => name)).toEqual([]);
  });
});

/** Paths in code: `src/app.ts` in a sentence, and the lines of the list of folders. */
function pathsIn(text: string): string[] {
  const inSentences = text.matchAll(/`((?:src|test|scripts|data|migrations)\/[\w./-]+)`/g);
  const inList = text.matchAll(/^((?:src|test|scripts|data|migrations)\/[\w./-]*) {2,}/gm);
  const inLinks = text.matchAll(/\]\(([\w.]+\.md)/g);
  return [...inSentences, ...inList, ...inLinks].map(([, path = '']) => path);
}

/** The names that headings are linked by. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
