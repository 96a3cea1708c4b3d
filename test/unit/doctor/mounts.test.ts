import { describe, expect, test } from 'vitest';
import { goneMounts } from '../../../src/doctor/mounts.ts';

const IMPORT = "import { secureHeaders, secureAuth } from './secure-auth/index.js';\n";
const MOUNTS = 'app.use(secureHeaders());\napp.use(secureAuth());\n';
const APP = `import express from 'express';
${IMPORT}
const app = express();
app.use(express.json());
${MOUNTS}app.get('/', home);
`;

const gone = (text: string, inserted: readonly string[] = [IMPORT, MOUNTS]) =>
  goneMounts('src/app.ts', text, inserted, 'src/secure-auth');

function edited(search: string, replace: string): string {
  expect(APP).toContain(search);
  return APP.replaceAll(search, replace);
}

describe('what mounts the modules', () => {
  test.each([
    ['as it was put in', APP],
    [
      'with more names, in another order',
      edited('{ secureHeaders', '{ getAuth, secureAuth, type Auth, secureHeaders').replace(
        ', secureAuth }',
        ' }',
      ),
    ],
    ['with an import for each', edited('secureHeaders, ', '') + IMPORT.replace(', secureAuth', '')],
    [
      'by the whole module',
      edited('secure', 'ours.secure').replace(
        /import \{.*/,
        "import * as ours from './secure-auth/index.js';",
      ),
    ],
    ['by another path', edited('./secure-auth/index.js', '../src/secure-auth')],
    [
      'by require',
      edited(IMPORT, "const { secureAuth, secureHeaders, getAuth } = require('./secure-auth');\n"),
    ],
    ['in another format', edited('app.use(secureAuth());', 'app\n  .use(\n    secureAuth(),\n  )')],
    ['with something between', edited('app.use(secureAuth', 'app.use(log());\napp.use(secureAuth')],
    ['in one line', edited(');\napp.use(secureAuth', ', secureAuth')],
  ])('is there %s', (_, text) => {
    expect(gone(text)).toEqual([]);
  });

  const AUTH = ['app.use(secureAuth())'];
  test.each([
    ['gone', edited('app.use(secureAuth());\n', '')],
    ['commented out', edited('app.use(secureAuth', '// app.use(secureAuth')],
    ['in a text', edited('app.use(secureAuth());', 'log(`app.use(secureAuth())`);')],
    ['for one path', edited('app.use(secureAuth', "app.use('/api', secureAuth")],
    ['on something else', edited('app.use(secureAuth', 'api.use(secureAuth')],
    ['not called', edited('secureAuth()', 'secureAuth')],
    ['not imported', edited(', secureAuth }', ' }')],
    [
      'imported from elsewhere',
      `${edited(', secureAuth }', ' }')}import { secureAuth } from './fake/index.js';\n`,
    ],
  ])('is found out when it is %s', (_, text) => {
    expect(gone(text)).toEqual(AUTH);
  });

  test('is looked for in a line of the app’s own, too', () => {
    const inserted = [
      "import { secureHeaders } from './secure-auth/index.js';\n",
      'secureHeaders()',
    ];
    expect(
      gone(edited('secureHeaders());', 'express.json(), secureHeaders());'), inserted),
    ).toEqual([]);
    expect(gone(edited('secureHeaders());', 'express.json());'), inserted)).toEqual([
      'secureHeaders()',
    ]);
  });

  test('is looked for line by line in what is no program', () => {
    expect(gone(`${APP}}`)).toEqual([]);
    expect(gone(`${edited('app.use(secureAuth());', '')}}`)).toEqual([MOUNTS.trim()]);
  });
});
