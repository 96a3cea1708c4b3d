import { transform } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HostShape } from '../../src/host/shape.ts';
import type { Answers } from '../../src/options/answers.ts';
import { hostCode } from '../../src/render/host-code/host-code.ts';
import { hostSources } from '../../src/render/host-module.ts';
import { SHAPES } from './host-shapes.ts';
import { everyVariant } from './variants.ts';

/** Each text that any file of a module can have, by its path: what a file becomes depends on nothing but itself. */
const forms = new Map<string, Set<string>>();

beforeAll(() => {
  const seen = new Set<string>();
  for (const { answers } of everyVariant()) {
    // No file's text depends on more of the answers than one of these has.
    const keys = meetings(answers).filter((key) => !seen.has(key));
    if (keys.length === 0) continue;
    for (const key of keys) seen.add(key);
    for (const shape of [SHAPES['ts-esm'], SHAPES['ts-esm-express4']]) {
      for (const [path, { content }] of hostSources(answers, shape as HostShape)) {
        forms.set(path, (forms.get(path) ?? new Set()).add(String(content)));
      }
    }
  }
});

function meetings(answers: Answers): readonly string[] {
  const { auth, jwtAlgorithm, refreshTransport, revocation, sessionStore } = answers;
  const { hash, database, corsOrigins, helmet, helmetHeaders } = answers;
  const login = [auth, jwtAlgorithm, refreshTransport, revocation, sessionStore];
  return [
    JSON.stringify([login, database, corsOrigins.length]),
    JSON.stringify([auth, hash]),
    JSON.stringify([helmet, helmetHeaders]),
  ];
}

describe.each(Object.entries(SHAPES))('the code for a repo of the shape %s', (_name, shape) => {
  test('is the same program in its style', async () => {
    const faults: string[] = [];
    for (const [path, texts] of forms) {
      for (const text of texts) {
        const [name = '', code = ''] = hostCode(path, text, shape) ?? [];
        if (!name || name.endsWith('.md')) continue;
        faults.push(...styleFaults(code, shape).map((fault) => `${name}: ${fault}`));
        const own = shape.modules === 'commonjs' && shape.language === 'javascript';
        const expected = own ? undefined : await plain(text, 'ts');
        const actual = await plain(code, shape.language === 'typescript' ? 'ts' : 'js');
        if (expected !== undefined && actual !== expected) faults.push(`${name}: another program`);
      }
    }
    expect(forms.size).toBeGreaterThan(40);
    expect(faults).toEqual([]);
  });
});

/** A program without its types, comments, spaces, and the endings of the files that it imports. */
async function plain(code: string, loader: 'ts' | 'js'): Promise<string> {
  const { code: minified } = await transform(code, {
    loader,
    minifyWhitespace: true,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  return minified.replaceAll(',{}from', ' from').replace(/(["']\.\.?\/[^"']+?)\.js(?=["'])/g, '$1');
}

/** What of a file is not in the style that was asked for. */
function styleFaults(
  code: string,
  { style, importSuffix, language, modules }: HostShape,
): string[] {
  const lines = code.split(style.eol);
  const imports = lines.filter((line) => /^(?:import|export|const) .*["']\.\.?\//.test(line));
  const faults = {
    'line ends': lines.some((line) => /[\r\n]/.test(line)),
    'no end of the last line': !code.endsWith(style.eol),
    'blank lines': /(?:\r?\n){3}/.test(code) || /[ \t]$/m.test(code),
    semicolons: !style.semicolons && imports.some((line) => line.endsWith(';')),
    quotes: imports.some((line) => !line.includes(`${style.quote}.`)),
    suffix: imports.some((line) => !new RegExp(`\\w\\${importSuffix || 'w'}["']`).test(line)),
    indent: style.indent === '\t' && /^ {2}/m.test(code.replace(/`[^`]*`/g, '')),
    imports:
      language === 'javascript' && modules === 'commonjs' && /^(?:import|export) /m.test(code),
  };
  return Object.entries(faults).flatMap(([fault, is]) => (is ? [fault] : []));
}
