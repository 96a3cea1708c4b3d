import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCreations } from '../../../src/host/app-creation.ts';
import { findMountingPlace, type RoleOf } from '../../../src/host/mounting-place.ts';
import { parseSource } from '../../../src/host/syntax.ts';
import { unwire, type Wired, wire } from '../../../src/host/wire.ts';

const unknown: RoleOf = () => 'unknown';
const SHAPE = { folder: 'src/secure-auth', importSuffix: '' } as const;

function wired(text: string, path = 'src/app.ts', roleOf = unknown): Wired | undefined {
  const [creation] = findCreations(path, text);
  if (creation === undefined) return undefined;
  const place = findMountingPlace(creation, roleOf);
  return place && wire(creation, place, ['secureAuth'], SHAPE);
}

/** The lines that were added, each with the one behind it. */
function added(text: string, path?: string, roleOf?: RoleOf): readonly string[] | undefined {
  const after = wired(text, path, roleOf)?.after.split(/\r?\n/);
  return after?.flatMap((line, index) =>
    line.includes('secure') ? [`${line.trim()} > ${after[index + 1]?.trim()}`] : [],
  );
}

const IMPORT = "import { secureAuth } from './secure-auth';";

describe('where a module is mounted', () => {
  test('before the first route, behind the middleware', () => {
    const text = `import express from 'express';
import helmet from 'helmet';

const app = express();
app.set('x', 1);
app.use(helmet());
app.use(express.json(), (req, res, next) => next());

app.get('/', home);
`;
    expect(added(text)).toEqual([`${IMPORT} > `, "app.use(secureAuth()); > app.get('/', home);"]);
  });

  test.each([
    ['a path', "app.use('/api', routes);"],
    ['a router', 'app.use(router);'],
    ['a chain', "app.route('/a').get(a);"],
    ['an answer to everything', 'app.use((req, res) => res.end());'],
    ['what hears of errors', 'app.use((err, req, res, next) => next(err));'],
    ['a function that gets the application', 'setup(app);'],
    ['a name that tells of errors', 'app.use(notFound);'],
    ['a gate that signing in has to be before', 'app.use(csrf());'],
    ['listening', 'app.listen(3000);'],
    ['a condition with a route in it', "if (dev) { app.get('/x', x); }"],
    ['handing it on', 'export default app;'],
  ])('before %s', (_, statement) => {
    const text = `import express from 'express';\nimport router from './x';\nconst app = express();\napp.use(express.json());\n${statement}\n`;
    expect(added(text)?.[1]).toBe(`app.use(secureAuth()); > ${statement}`);
  });

  test.each([
    ['a condition with middleware', 'if (dev) { app.use(morgan()); }'],
    ['a setting', "app.enable('x');"],
    ['a local', "app.locals.title = 'x';"],
    ['a server', 'const server = createServer(app);'],
    ['a server that it keeps', 'app.server = http.createServer(app);'],
    ['what it requires in place', "app.use(require('compression')());"],
    ['a function that configures', 'configureSecurity(app);'],
    ['what reads a setting', "const env = app.get('env');"],
  ])('behind %s', (_, statement) => {
    const text = `import express from 'express';\nconst app = express();\n${statement}\napp.get('/', home);\n`;
    expect(added(text)?.[1]).toBe("app.use(secureAuth()); > app.get('/', home);");
  });

  test('in a factory', () => {
    const text = `import express, { type Express } from 'express';
export function make(): Express {
  const app: Express = express();
  app.use(express.json());
  // The routes.
  app.use('/a', a);
  return app;
}
`;
    expect(added(text)).toEqual([
      `${IMPORT} > export function make(): Express {`,
      'app.use(secureAuth()); > // The routes.',
    ]);
  });

  test('in a class, in the method that mounts the routes', () => {
    const text = `import express from 'express';
class App {
  public app = express();
  constructor(routes) {
    this.middlewares();
    this.routes(routes);
  }
  private middlewares() {
    this.app.use(express.json());
  }
  private routes(routes) {
    routes.forEach((one) => {
      this.app.use('/', one.router);
    });
  }
}
`;
    expect(added(text)?.[1]).toBe('this.app.use(secureAuth()); > routes.forEach((one) => {');
  });

  test('what an import is follows from the file that it leads to', () => {
    const text =
      "const express = require('express');\nconst a = require('./a');\nvar app = express();\napp.use(a);\napp.use('/b', b);\n";
    const line = "const { secureAuth } = require('./secure-auth'); > var app = express();";
    const path = 'src/app.js';
    expect(added(text, path, () => 'routes')).toEqual([
      line,
      'app.use(secureAuth()); > app.use(a);',
    ]);
    expect(added(text, path, () => 'middleware')).toEqual([
      line,
      "app.use(secureAuth()); > app.use('/b', b);",
    ]);
  });

  test.each([
    ['var', "var express = require('express')\nvar app = express()\napp.get('/b', b)\n"],
    ['const', "var express = require('express')\nconst app = express()\napp.get('/b', b)\n"],
  ])('binds what it requires by %s, as the file does', (keyword, text) => {
    expect(added(text, 'app.js')?.[0]).toMatch(new RegExp(`^${keyword} \\{ secureAuth \\} = `));
  });

  test.each([
    ['routes', "app.use(require('./a'))"],
    ['middleware', "app.get('/b', b)"],
  ] as const)('%s that are required in place', (role, before) => {
    const text =
      "const express = require('express')\nconst app = express()\napp.use(require('./a'))\napp.get('/b', b)\n";
    expect(added(text, 'src/app.js', () => role)?.[1]).toBe(`app.use(secureAuth()) > ${before}`);
  });

  test('a comment behind our line makes no statement of it that goes on', () => {
    const text =
      "const express = require('express')\n// The port.\nconst app = express()\n/* All. */\napp.get('/b', b)\n";
    expect(added(text, 'src/app.js')).toEqual([
      "const { secureAuth } = require('./secure-auth') > // The port.",
      'app.use(secureAuth()) > /* All. */',
    ]);
  });

  test.each([
    ['an application without a name', 'return express();'],
    ['an application that goes through another hand', 'const app = wrap(express());'],
  ])('nowhere, for %s', (_, statement) => {
    const text = `import express from 'express';\nfunction make() {\n  ${statement}\n}\n`;
    expect(wired(text)).toBeUndefined();
  });

  test('a line that would go on with ours is kept apart', () => {
    const text =
      "import express from 'express'\nconst app = express()\nif (a) {}\n(async () => {\n  app.listen(1)\n})()\n";
    expect(added(text)?.[1]).toBe('app.use(secureAuth()); > (async () => {');
  });
});

describe('taking out', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const blank = fc.constantFrom('', '\n', '\n\n', '// said\n', '\n/* said\n   more */\n');
  const style = fc.record({
    quote: fc.constantFrom('"', "'"),
    end: fc.constantFrom(';', ''),
    eol: fc.constantFrom('\n', '\r\n'),
    indent: fc.constantFrom('  ', '\t', '    '),
    final: fc.constantFrom('\n', '', '\n\n', ' '),
    tail: fc.constantFrom('', ' // said', '  '),
    isCommonJs: fc.boolean(),
    shape: fc.constantFrom('top', 'factory', 'class'),
    blanks: fc.array(blank, { minLength: 6, maxLength: 6 }),
    middleware: fc.array(word, { maxLength: 3 }),
    route: fc.constantFrom('@.get(Q/xQ, x)', '@.use(Q/yQ, y)', '@.listen(1)', '@.use(router)'),
  });
  const source = style.map((s) => {
    const b = (index: number) => s.blanks[index] ?? '';
    const name = s.shape === 'class' ? 'this.app' : 'app';
    const load = (what: string, from: string) =>
      s.isCommonJs
        ? `const ${what} = require(Q${from}Q)${s.end}${s.tail}\n`
        : `import ${what} from Q${from}Q${s.end}${s.tail}\n`;
    const statements = [
      `${name} = express()${s.end}`,
      ...s.middleware.map((one) => `${name}.use(${one}())${s.end}`),
      `${s.route.replaceAll('@', name)}${s.end}`,
    ];
    if (s.shape !== 'class') statements[0] = `const ${statements[0]}`;
    const inner = statements.map((one, index) => `${b(index)}>${one}${s.tail}\n`).join('');
    const open = {
      top: '',
      factory: 'function make() {\n',
      class: 'class A {\n>constructor() {\n',
    };
    const close = { top: '', factory: '}', class: '>}\n}' };
    const depth = { top: '', factory: s.indent, class: s.indent.repeat(2) }[s.shape] ?? '';
    const body = inner.replaceAll('>', depth);
    const text = [
      b(4),
      load('express', 'express'),
      load('router', './router'),
      b(5),
      (open[s.shape as 'top'] ?? '').replaceAll('>', s.indent),
      body,
      (close[s.shape as 'top'] ?? '').replaceAll('>', s.indent),
    ].join('');
    return `${text.trimEnd()}${s.final}`.replaceAll('Q', s.quote).replaceAll('\n', s.eol);
  });

  test('gives back every byte', () => {
    fc.assert(
      fc.property(source, (text) => {
        const result = wired(text, 'src/app.js');
        expect(result).toBeDefined();
        if (result === undefined) return;
        expect(result.after).toContain('.use(secureAuth())');
        expect(parseSource('src/app.js', result.after)?.program.body.length).toBeGreaterThan(0);
        expect(unwire(result.after, result.inserted)).toBe(text);
        // Other line ends than the file's would be edits of ours.
        if (text.includes('\r\n')) expect(result.after).not.toMatch(/[^\r]\n/);
      }),
      { numRuns: 500 },
    );
  });

  test('is left to a person where what was put in is not there as it was', () => {
    const result = wired(
      "import express from 'express';\nconst app = express();\napp.listen(1);\n",
    );
    if (result === undefined) throw new Error('not wired');
    expect(unwire(result.after.replace('secureAuth()', 'secureAuth( )'), result.inserted)).toBe(
      undefined,
    );
    expect(unwire(`${result.after}${result.inserted[1]}`, result.inserted)).toBe(undefined);
  });
});
