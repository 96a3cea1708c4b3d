import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AddRequest } from '../../../src/commands/add.ts';
import type { HostChanged } from '../../../src/commands/host-changes.ts';
import { examineFiles } from '../../../src/doctor/files.ts';
import { readRecord } from '../../../src/doctor/record.ts';
import { addTo, filesOf, removeFrom } from '../../host/lab/in-host.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'host-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const PACKAGE_JSON = JSON.stringify({
  type: 'module',
  dependencies: { express: '^5.1.0', helmet: '^8.0.0', cors: '^2.8.5' },
});
const CORS = { corsOrigins: ['https://app.example.com'] };

function layOut(app: string, files: Readonly<Record<string, string>> = {}): void {
  const all = { '.git/HEAD': '', 'package.json': PACKAGE_JSON, 'src/app.ts': app, ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function replace(...modules: AddRequest['replace']): Promise<HostChanged> {
  const answers = modules.includes('cors') ? CORS : {};
  return addTo(root, answers, { replace: modules });
}

const APP = `// What we serve.
import cors, { type CorsRequest } from 'cors';
import express from 'express';
import helmet from 'helmet'; // headers

export const app = express();
app.use(helmet({ contentSecurityPolicy: false, hsts: { maxAge: 60 * 60 } }), express.json());
// For our pages.
app.use(cors({ origin: ['https://a.example.com', /b/], credentials: true }));
// And before they ask.
app.options('*', cors());
app.use(express.static('public'));
app.get('/', (_req: CorsRequest, res) => res.end());
`;

describe('what is replaced', () => {
  test('is replaced where it stands, with the import that is needed no more', async () => {
    layOut(APP);
    const { findings } = await replace('helmet', 'cors');
    expect(read('src/app.ts')).toBe(`// What we serve.
import { type CorsRequest } from 'cors';
import express from 'express';
import { secureHeaders, secureCors, secureAuth } from './secure-auth/index.js';

export const app = express();
app.use(secureHeaders(), express.json());
// For our pages.
app.use(secureCors());
app.use(express.static('public'));
app.use(secureAuth());
app.get('/', (_req: CorsRequest, res) => res.end());
`);
    expect(findings).toEqual([
      {
        kind: 'replaced',
        code: 'helmet',
        where: 'src/app.ts:7',
        message:
          'your helmet({ contentSecurityPolicy: false, hsts: { maxAge: 60 * 60 } }) gives way to ours, and what you set in it with it',
      },
      expect.objectContaining({ kind: 'replaced', code: 'cors', where: 'src/app.ts:9' }),
    ]);
  });

  test('comes back byte for byte, and a second time there is nothing to change', async () => {
    layOut(APP.replaceAll('\n', '\r\n'));
    const before = await filesOf(root);
    await replace('helmet', 'cors');
    for (const again of [['helmet', 'cors'], []] as const) {
      const { changes, findings } = await addTo(root, {}, { replace: again });
      expect(changes.filter(({ kind }) => kind !== 'unchanged')).toEqual([]);
      expect(findings.map(({ kind }) => kind)).toEqual(['replaced', 'replaced']);
    }
    await removeFrom(root);
    expect(await filesOf(root)).toEqual(before);
  });

  test('comes back alone, and beside what was edited', async () => {
    layOut(APP);
    await replace('helmet', 'cors');
    writeFileSync(join(root, 'src/app.ts'), `${read('src/app.ts')}// mine\n`);
    await removeFrom(root, { modules: ['cors'] });
    expect(read('src/app.ts')).toContain("app.options('*', cors());");
    expect(read('src/app.ts')).toContain('app.use(secureHeaders(), express.json());');
    await removeFrom(root);
    expect(read('src/app.ts')).toBe(`${APP}// mine\n`);
  });

  test('may be the only thing that is added, later, and in a class', async () => {
    const app = `const express = require('express'), helmet = require('helmet');
class App {
  constructor() {
    this.app = express();
    this.middleware();
    this.app.get('/', home);
  }
  middleware() {
    this.app.use(helmet());
  }
}
`;
    layOut(app, { 'package.json': PACKAGE_JSON.replace('"type":"module",', '') });
    await addTo(root);
    expect(read('src/app.ts')).toContain('this.app.use(helmet());');
    await addTo(root, {}, { modules: ['helmet'], replace: ['helmet'] });
    expect(read('src/app.ts')).toBe(`const express = require('express');
const { secureHeaders, secureAuth } = require('./secure-auth');
class App {
  constructor() {
    this.app = express();
    this.middleware();
    this.app.use(secureAuth());
    this.app.get('/', home);
  }
  middleware() {
    this.app.use(secureHeaders());
  }
}
`);
    await removeFrom(root, { modules: ['auth'] });
    expect(read('src/app.ts')).not.toContain('secureAuth');
    expect(read('src/app.ts')).toContain('this.app.use(secureHeaders());');
  });

  test('is looked for by the doctor', async () => {
    layOut(APP);
    await replace('helmet');
    const gone = async () =>
      (await examineFiles(root, readRecord(root))).findings.map(({ where }) => where);
    expect(await gone()).toEqual([]);
    writeFileSync(join(root, 'src/app.ts'), read('src/app.ts').replace('secureHeaders(), ', ''));
    expect(await gone()).toEqual(['src/app.ts']);
  });
});

describe('what is not understood is left as it is, and its lines are told', () => {
  const HEAD = "import express from 'express';\nimport cors from 'cors';\nconst app = express();\n";

  test.each<[string, string, string, Readonly<Record<string, string>>?]>([
    ['in two statements', 'app.use(cors());\napp.use(cors());\n', 'more than once'],
    ['in a condition', 'if (x) app.use(cors());\n', 'in a condition'],
    ['behind a route', "app.get('/a', a);\napp.use(cors());\n", 'behind a route'],
    ['for a path', "app.use('/a', cors());\n", 'behind a route'],
    ['for a route', "app.get('/a', cors(), a);\n", 'app.use() alone'],
    ['on a router', 'const r = express.Router();\nr.use(cors());\n', 'app.use() alone'],
    ['with options from elsewhere', 'app.use(cors(options));\n', 'would be lost'],
    ['with a setting', 'app.use(cors({ origin: process.env.ORIGIN }));\n', 'would be lost'],
    ['with code', 'app.use(cors({ origin: (o, cb) => cb(null, true) }));\n', 'would be lost'],
    ['under another name', 'const c = cors();\napp.use(c);\n', 'app.use() alone'],
    [
      'in another file',
      'app.use(cors());\n',
      'a file that',
      { 'src/x.ts': "import cors from 'cors';\nr.use(cors());\n" },
    ],
    [
      'in an application that is not',
      'export const a = wrap(express());\n',
      'which variable is your app in src/app.ts could not be told',
      {
        'src/app.ts':
          "import express from 'express';\nimport cors from 'cors';\nexport const a = wrap(express());\na.use(cors());\n",
      },
    ],
  ])('%s', async (_, statements, why, files = {}) => {
    layOut(`${HEAD}${statements}app.get('/', home);\n`, files);
    const before = await filesOf(root);
    await expect(replace('cors')).rejects.toMatchObject({
      code: 'not-replaceable',
      exitCode: 3,
      message: expect.stringContaining(why),
      where: expect.stringMatching(/^src\/app\.ts:\d+$/),
      mend: expect.stringMatching(/src\/\w+\.ts:\d+ .*cors/),
    });
    expect(await filesOf(root)).toEqual(before);
  });

  test('is not there', async () => {
    layOut(`${HEAD}app.get('/', home);\n`);
    await expect(replace('helmet')).rejects.toMatchObject({
      code: 'nothing-to-replace',
      exitCode: 2,
    });
  });
});
