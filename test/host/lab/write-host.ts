import type { HostFixture } from './shapes.ts';

/**
 * The files of a host, as somebody would have written them: an app with routes, an error handler and tests of its own.
 *
 * @returns text by path, relative to the repository.
 */
export function writeHost(fixture: HostFixture): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const prefix = fixture.workspace === undefined ? '' : `${fixture.workspace}/`;
  const within = `${prefix}${fixture.sourceRoot === '' ? '' : `${fixture.sourceRoot}/`}`;
  const ending = fixture.language === 'typescript' ? 'ts' : 'js';
  const source = (path: string, text: string) => {
    files.set(`${within}${path}.${ending}`, styled(inLanguage(text, fixture), fixture));
  };
  source(fixture.file, appOf(fixture));
  source('listen', LISTEN(fixture));
  source('items/items.routes', ITEMS);
  source('items/store', STORE);
  source('errors', ERRORS);
  source('app.test', testsOf(fixture));
  if (fixture.has.includes('auth')) source('auth', OWN_AUTH);
  files.set(`${prefix}package.json`, packageJsonOf(fixture));
  if (fixture.language === 'typescript') files.set(`${prefix}tsconfig.json`, tsconfigOf(fixture));
  if (fixture.testRunner === 'vitest') {
    files.set(
      `${prefix}vitest.config.mjs`,
      "export default { test: { include: ['**/*.test.*s'] } };\n",
    );
  }
  if (fixture.has.includes('env')) {
    files.set(`${prefix}.env`, 'GREETING=hello');
    files.set(`${prefix}.env.example`, '# Said to everyone.\nGREETING=\n');
    files.set('.gitignore', 'node_modules\n.env\ndist');
  } else files.set('.gitignore', 'node_modules\ndist\n');
  if (fixture.workspace !== undefined) {
    const workspaces = [`${fixture.workspace.split('/')[0]}/*`];
    files.set('package.json', `${JSON.stringify({ private: true, workspaces }, null, 2)}\n`);
  }
  const lock = {
    npm: 'package-lock.json',
    pnpm: 'pnpm-lock.yaml',
    yarn: 'yarn.lock',
    bun: 'bun.lock',
  };
  files.set(lock[fixture.packageManager], fixture.packageManager === 'npm' ? '{}\n' : '');
  return files;
}

/** The file that listens, as Node.js runs it after a build, relative to the package. */
export function entryOf({ language, suffix, sourceRoot }: HostFixture): readonly string[] {
  const within = sourceRoot === '' ? '' : `${sourceRoot}/`;
  if (language === 'javascript') return [`${within}listen.js`];
  return suffix === '.ts' ? ['--import', 'tsx', `${within}listen.ts`] : ['dist/listen.js'];
}

const ITEMS = `import { Router } from 'express';
import { all, add, find } from '@/items/store';

/** What can be had. */
export const items«: Router» = Router();

items.get('/', (_req, res) => {
  res.json(all());
});

items.post('/', (req, res) => {
  res.status(201).json(add(req.body.title));
});

items.get('/:id', (req, res, next) => {
  const item = find(Number(req.params.id));
  if (item === undefined) {
    next(new Error('no such item'));
    return;
  }
  res.json(item);
});
`;

const STORE = `const titles«: string[]» = ['one', 'two'];

export function all()«: { id: number; title: string }[]» {
  return titles.map((title, id) => ({ id, title }));
}

export function add(title«: string»)«: { id: number; title: string }» {
  titles.push(title);
  return { id: titles.length - 1, title };
}

export function find(id«: number»)«: { id: number; title: string } | undefined» {
  return all()[id];
}
`;

const ERRORS = `«import type { NextFunction, Request, Response } from 'express';

»export function notFound(_req«: Request», res«: Response»)«: void» {
  res.status(404).json({ error: 'nothing here' });
}

export function errorHandler(
  error«: Error»,
  _req«: Request»,
  res«: Response»,
  _next«: NextFunction»,
)«: void» {
  res.status(error.message.startsWith('no such') ? 404 : 500).json({ error: error.message });
}
`;

const OWN_AUTH = `/** Who may see the statistics. */
export function mayCount(name«: string»)«: boolean» {
  return name === 'root';
}
`;

const GETS_APP: Readonly<Record<HostFixture['made'], string>> = {
  'top-level': 'app',
  wrapped: 'app',
  factory: 'createApp()',
  class: 'new App().app',
  'class-field': 'new App().app',
  'setup-function': 'app',
};

function exported(made: HostFixture['made']): string {
  return GETS_APP[made].replace(/new |\(.*$/g, '');
}

const LISTEN = ({
  file,
  made,
}: HostFixture): string => `import { ${exported(made)} } from '@/${file}';

const server = ${GETS_APP[made]}.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') {
    console.log(\`listening on http://127.0.0.1:\${address.port}\`);
  }
});
`;

/** Middleware, then routes, then what ends it: each part with the application's name in it. */
function partsOf({ has }: HostFixture) {
  const middleware = [
    has.includes('risks') && "@.set('trust proxy', true);",
    has.includes('helmet') && '@.use(helmet());',
    has.includes('cors') &&
      `@.use(cors(${has.includes('risks') ? '{ origin: true, credentials: true }' : ''}));`,
    has.includes('session') &&
      "@.use(session({ secret: 'of the host', resave: false, saveUninitialized: false }));",
    '@.use(express.json());',
    "@.use((req, _res, next) => {\n  if (process.env.LOG === 'on') console.log(req.method, req.path);\n  next();\n});",
  ].filter((one) => one !== false);
  const routes = [
    has.includes('docs') &&
      "// The docs answer whatever begins like this.\n@.get('/docs', (_req, res) => {\n  res.send('<h1>Docs</h1>');\n});",
    "@.use('/items', items);",
    "@.get('/boom', () => {\n  throw new Error('boom');\n});",
  ].filter((one) => one !== false);
  return { middleware, routes, end: ['@.use(notFound);', '@.use(errorHandler);'] };
}

function importsOf({ has, made }: HostFixture, withTypes: boolean): string {
  return [
    withTypes && made !== 'top-level'
      ? "import express«, { type Express }» from 'express';"
      : "import express from 'express';",
    has.includes('session') && "import session from 'express-session';",
    has.includes('helmet') && "import helmet from 'helmet';",
    has.includes('cors') && "import cors from 'cors';",
    "import { errorHandler, notFound } from '@/errors';",
    "import { items } from '@/items/items.routes';",
  ]
    .filter((one) => one !== false)
    .join('\n');
}

function appOf(fixture: HostFixture): string {
  const { middleware, routes, end } = partsOf(fixture);
  const write = (parts: readonly string[], receiver: string, depth: number) =>
    parts
      .map((part) => part.replaceAll('@', receiver))
      .join('\n')
      .replace(/^(?=.)/gm, '  '.repeat(depth));
  const imports = importsOf(fixture, fixture.made !== 'top-level' && fixture.made !== 'wrapped');
  switch (fixture.made) {
    case 'top-level':
      return `${imports}\n\nexport const app = express();\n\n${write(middleware, 'app', 0)}\n\n${write(routes, 'app', 0)}\n\n${write(end, 'app', 0)}\n`;
    case 'factory':
      return `${imports}\n\n/** Makes the app. */\nexport function createApp()«: Express» {\n  const app = express();\n${write(middleware, 'app', 1)}\n\n  // What it answers.\n${write(routes, 'app', 1)}\n${write(end, 'app', 1)}\n  return app;\n}\n`;
    case 'class':
      return `${imports}\n\nexport class App {\n  «app: Express;\n\n  »constructor() {\n    this.app = express();\n    this.middleware();\n    this.routes();\n  }\n\n  middleware()«: void» {\n${write(middleware, 'this.app', 2)}\n  }\n\n  routes()«: void» {\n${write(routes, 'this.app', 2)}\n${write(end, 'this.app', 2)}\n  }\n}\n`;
    case 'class-field':
      return `${imports}\n\nexport class App {\n  «readonly »app«: Express» = express();\n\n  constructor() {\n${write(middleware, 'this.app', 2)}\n${write(routes, 'this.app', 2)}\n${write(end, 'this.app', 2)}\n  }\n}\n`;
    case 'setup-function':
      return `${imports}\n\nconst app = express();\n${write(middleware, 'app', 0)}\nsetUp(app);\n\nfunction setUp(app«: Express»)«: void» {\n${write(routes, 'app', 1)}\n${write(end, 'app', 1)}\n}\n\nexport { app };\n`;
    case 'wrapped':
      return `${imports}\n\nfunction traced(app) {\n  return app;\n}\n\nexport const app = traced(express());\n${write(middleware, 'app', 0)}\n${write(routes, 'app', 0)}\n${write(end, 'app', 0)}\n`;
  }
}

const BODY = `  const server = ${'GETS'}.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address()« as { port: number }»;
  const ask = async (path«: string», body«?: object») => {
    const answer = await fetch(\`http://127.0.0.1:\${port}\${path}\`, {
      ...(body && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return \`\${answer.status} \${await answer.text()}\`;
  };
  try {
    assert.equal(await ask('/items/0'), '200 {"id":0,"title":"one"}');
    assert.equal(await ask('/items', { title: 'three' }), '201 {"id":2,"title":"three"}');
    assert.equal(await ask('/items/9'), '404 {"error":"no such item"}');
    assert.equal(await ask('/boom'), '500 {"error":"boom"}');
    assert.equal(await ask('/nothing'), '404 {"error":"nothing here"}');
  } finally {
    server.closeAllConnections();
    server.close();
  }
`;

function testsOf({ testRunner, file, made }: HostFixture): string {
  const own = {
    vitest: "import { test } from 'vitest';\n",
    node: "import { test } from 'node:test';\n",
    jest: '',
    mocha: '',
  }[testRunner ?? 'node'];
  const word = testRunner === 'mocha' ? 'it' : 'test';
  const imports = `import assert from 'node:assert/strict';\n${own}import { ${exported(made)} } from '@/${file}';\n`;
  return `${imports}\n${word}('the app answers', async () => {\n${BODY.replace('GETS', GETS_APP[made])}});\n`;
}

/** Types and modules as the host has them. */
function inLanguage(text: string, { language, modules, suffix }: HostFixture): string {
  const typed = text.replace(/«([^»]*)»/g, language === 'typescript' ? '$1' : '');
  const isRoot = (path: string) => (path.includes('/') ? '../' : './');
  const linked = typed.replace(/'@\/([\w./]+)'/g, (_, path: string) => {
    // The routes are the only file in a folder, and know their neighbour.
    const from = text === ITEMS ? path.replace('items/', './') : `./${path}`;
    return `'${from.startsWith('.') ? from : isRoot(path) + from}${suffix}'`;
  });
  if (language === 'typescript' || modules === 'esm') return linked;
  const names: string[] = [];
  const text2 = linked
    .replace(/^import (\{[^}]*\}|\w+) from ('[^']+');$/gm, 'const $1 = require($2);')
    .replace(/^export (const|function|class|async function) (\w+)/gm, (_, kind, name) => {
      names.push(name);
      return `${kind} ${name}`;
    })
    .replace(/^export \{ (\w+) \};$/gm, (_, name) => {
      names.push(name);
      return '';
    });
  return names.length === 0
    ? text2
    : `${text2.trimEnd()}\n\nmodule.exports = { ${names.join(', ')} };\n`;
}

function styled(
  text: string,
  { indent, quote, semicolons, eol, finalNewline }: HostFixture,
): string {
  const quoted = quote === '"' ? text.replace(/'([^'"\n]*)'/g, '"$1"') : text;
  const ended = semicolons ? quoted : quoted.replace(/;$/gm, '');
  const stepped = ended.replace(/^(?: {2})+/gm, (all) => indent.repeat(all.length / 2));
  const closed = finalNewline ? stepped : stepped.trimEnd();
  return closed.replaceAll('\n', eol);
}

const RANGES = {
  4: { express: '^4.21.2', '@types/express': '^4.17.25' },
  5: { express: '^5.1.0', '@types/express': '^5.0.6' },
};

function packageJsonOf(fixture: HostFixture): string {
  const { name, language, modules, has, testRunner, express, suffix } = fixture;
  const isTyped = language === 'typescript';
  const within = fixture.sourceRoot === '' ? '.' : fixture.sourceRoot;
  const ending = isTyped ? 'ts' : 'js';
  const load = isTyped ? '--import tsx ' : '';
  const test = {
    vitest: 'vitest run',
    node: `node ${load}--test ${within}/app.test.${ending}`,
    jest: 'jest',
    mocha: `mocha ${isTyped ? '--import=tsx ' : ''}${within}/app.test.${ending}`,
  }[testRunner ?? 'node'];
  const content = {
    name,
    version: '1.0.0',
    private: true,
    ...(modules === 'esm' && { type: 'module' }),
    scripts: {
      start: `node ${entryOf(fixture).join(' ')}`,
      ...(isTyped && { build: 'tsc' }),
      test,
    },
    dependencies: {
      ...(has.includes('cors') && { cors: '^2.8.5' }),
      express: RANGES[express].express,
      ...(has.includes('session') && { 'express-session': '^1.18.0' }),
      ...(has.includes('helmet') && { helmet: '^8.0.0' }),
    },
    ...((isTyped || testRunner !== 'node') && {
      devDependencies: {
        ...(isTyped && {
          '@types/express': RANGES[express]['@types/express'],
          '@types/node': '^20.19.0',
          tsx: '^4.20.0',
          typescript: '^5.9.0',
        }),
        ...(testRunner === 'vitest' && { vitest: '^4.0.0' }),
        ...(testRunner === 'jest' && { jest: '^30.0.0' }),
        ...(testRunner === 'mocha' && { mocha: '^11.0.0' }),
      },
    }),
    ...(suffix === '' && language === 'javascript' && { license: 'UNLICENSED' }),
  };
  const text = JSON.stringify(
    content,
    null,
    fixture.indent === '\t' ? '\t' : fixture.indent.length,
  );
  return fixture.finalNewline ? `${text}\n` : text;
}

function tsconfigOf({ modules, suffix }: HostFixture): string {
  const compilerOptions = {
    // Older apps compile to older JavaScript, and know no more of its library.
    target: modules === 'commonjs' ? 'es2017' : 'es2022',
    module: modules === 'commonjs' ? 'commonjs' : 'nodenext',
    ...(modules === 'commonjs' && { esModuleInterop: true }),
    ...(suffix === '.ts' && { allowImportingTsExtensions: true, noEmit: true }),
    strict: true,
    skipLibCheck: true,
    rootDir: 'src',
    outDir: 'dist',
    types: ['node'],
  };
  return `{\n  // How it is built.\n  "compilerOptions": ${JSON.stringify(compilerOptions, null, 2)},\n  "include": ["src"],\n  "exclude": ["**/*.test.ts"]\n}\n`;
}
