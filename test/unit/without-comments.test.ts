import { describe, expect, test } from 'vitest';
import { withoutComments } from '../../src/without-comments.ts';

describe('what is no comment stays', () => {
  test.each([
    "app.get('/assets/*', a); app.use(helmet()); app.get('/b/*', b);",
    'a("https://example.com//x"); b();',
    "a('it\\'s // here'); b();",
    'const a = `/* \x24{b ? `//\x24{{ c: 1 }.c}` : "/*"} */`; d();',
    'const a = /[/*]/; const b = /\\/*x/g.test("*/"); if (!/"/.test(c)) d();',
    'const half = a / 2; const b = c / d; const e = "/*";',
    'return /\'/.test(a) ? b : "//";',
    "const a = `\x24{b}` / 2; c('/*');",
    'const closed = <p>it is so</p>',
  ])('%s', (text) => {
    expect(withoutComments(text)).toBe(text);
  });
});

describe('what is one becomes blanks', () => {
  test.each([
    ['a(); // b();\nc();', 'a();        \nc();'],
    ['a();// b();\r\nc();', 'a();       \r\nc();'],
    ['a(/* b,\n c */ d);', 'a(     \n      d);'],
    ["a('x'); /* 'it's */ b();", "a('x');             b();"],
    ['`\x24{a /* b */}`; // c', '`\x24{a        }`;     '],
    ['`\x24{{ a: `}` }}// b`; // c', '`\x24{{ a: `}` }}// b`;     '],
    ['a /* open', 'a        '],
    ['a = b / c; // d / e', 'a = b / c;         '],
    ['x = y // /*\nz()', 'x = y      \nz()'],
  ])('%j', (text, without) => {
    expect(withoutComments(text)).toBe(without);
    expect(without).toHaveLength(text.length);
  });
});

test('a text that is no code comes to an end', () => {
  for (const text of ['`', '`\x24{', "'", '/', '\\', '}}}', '/[', '`\x24{`', '"\\', 'a\u2028/*']) {
    expect(withoutComments(text)).toHaveLength(text.length);
  }
});
