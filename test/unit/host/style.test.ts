import { describe, expect, test } from 'vitest';
import type { HostShape } from '../../../src/host/shape.ts';
import { readStyle } from '../../../src/host/style.ts';

type Style = HostShape['style'];

const OURS: Style = { indent: '  ', quote: "'", semicolons: true, eol: '\n' };

describe('the style of a host', () => {
  test.each<[string, string, Partial<Style>]>([
    ['nothing to go by', '', {}],
    ['ours', "import a from 'a';\nfunction b() {\n  return a;\n}\n", {}],
    [
      'four spaces',
      "function b() {\n    if (c) {\n        d('e');\n    }\n}\n",
      { indent: '    ' },
    ],
    ['tabs', "function b() {\n\tif (c) {\n\t\td('e');\n\t}\n}\n", { indent: '\t' }],
    ['double quotes', 'import a from "a";\nimport b from "b";\nconst c = \'d\';\n', { quote: '"' }],
    [
      'no semicolons',
      "import a from 'a'\nconst b = require('b')\nfor (;;) {\n  app.use(a())\n}\n",
      { semicolons: false },
    ],
    ['CRLF', "import a from 'a';\r\nimport b from 'b';\r\n", { eol: '\r\n' }],
    [
      'a comment in another style',
      '/**\n *   deep\n */\nfunction a() {\n  // don\'t say "so" or "so"\n  b(\'c\');\n}\n',
      {},
    ],
  ])('%s', (_, source, difference) => {
    expect(readStyle([source])).toEqual({ ...OURS, ...difference });
  });

  test('what most of the files do counts', () => {
    const style = readStyle(["a('b')\r\n", 'c("d");\n', 'e("f");\ng("h");\n']);
    expect(style).toMatchObject({ quote: '"', semicolons: true, eol: '\n' });
  });
});
