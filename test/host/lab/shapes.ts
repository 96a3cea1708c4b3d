import type { Replaceable } from '../../../src/host/replaceable.ts';
import type { HostShape } from '../../../src/host/shape.ts';

/** One app as others write them: what it is like, and what adding to it should come to. */
export interface HostFixture {
  readonly name: string;
  readonly language: HostShape['language'];
  readonly modules: HostShape['modules'];
  readonly suffix: HostShape['importSuffix'];
  readonly express: HostShape['express'];
  readonly testRunner: HostShape['testRunner'];
  readonly packageManager: HostShape['packageManager'];
  /** Where the sources are, relative to the package; '' for the root itself. */
  readonly sourceRoot: string;
  /** The file that makes the application, without its ending. */
  readonly file: 'app' | 'index' | 'server' | 'main';
  readonly made: 'top-level' | 'factory' | 'class' | 'class-field' | 'wrapped' | 'setup-function';
  readonly indent: '  ' | '    ' | '\t';
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly eol: '\n' | '\r\n';
  readonly finalNewline: boolean;
  /** What it has already. */
  readonly has: readonly ('helmet' | 'cors' | 'session' | 'auth' | 'docs' | 'env' | 'risks')[];
  /** What of that gives way to ours. */
  readonly replace?: readonly Replaceable[];
  /** The package's folder in a workspace. */
  readonly workspace?: string;
  /** The line that ours must be put before; none where it is left to a person. */
  readonly before?: RegExp;
}

const ORDINARY = {
  language: 'typescript',
  modules: 'esm',
  suffix: '.js',
  express: 5,
  testRunner: 'node',
  packageManager: 'npm',
  sourceRoot: 'src',
  file: 'app',
  made: 'top-level',
  indent: '  ',
  quote: "'",
  semicolons: true,
  eol: '\n',
  finalNewline: true,
  has: [],
} as const;

const JAVASCRIPT = { ...ORDINARY, language: 'javascript' } as const;
const COMMON_JS = { ...JAVASCRIPT, modules: 'commonjs', suffix: '' } as const;

/** The shapes: every axis in at least two of them. */
export const FIXTURES: readonly HostFixture[] = [
  { ...ORDINARY, name: 'ts-esm', testRunner: 'vitest' },
  { ...ORDINARY, name: 'ts-esm-class', express: 4, made: 'class', file: 'server', quote: '"' },
  {
    ...ORDINARY,
    name: 'ts-esm-ts-suffix',
    suffix: '.ts',
    made: 'factory',
    packageManager: 'bun',
    semicolons: false,
  },
  {
    ...ORDINARY,
    name: 'ts-esm-ts-suffix-index',
    suffix: '.ts',
    file: 'index',
    has: ['env', 'docs'],
    indent: '    ',
  },
  {
    ...ORDINARY,
    name: 'ts-commonjs',
    modules: 'commonjs',
    suffix: '',
    express: 4,
    packageManager: 'yarn',
    has: ['helmet', 'cors'],
  },
  {
    ...ORDINARY,
    name: 'ts-esm-replaced',
    has: ['helmet', 'cors', 'risks'],
    replace: ['helmet', 'cors'],
    made: 'factory',
  },
  {
    ...ORDINARY,
    name: 'ts-commonjs-class-field',
    modules: 'commonjs',
    suffix: '',
    made: 'class-field',
    indent: '\t',
    quote: '"',
    testRunner: 'mocha',
    packageManager: 'pnpm',
    finalNewline: false,
  },
  {
    ...ORDINARY,
    name: 'ts-workspace',
    workspace: 'packages/api',
    packageManager: 'pnpm',
    file: 'main',
    made: 'factory',
    testRunner: 'vitest',
    has: ['auth', 'risks'],
  },
  { ...JAVASCRIPT, name: 'js-esm', testRunner: 'vitest' },
  {
    ...JAVASCRIPT,
    name: 'js-esm-root',
    sourceRoot: '',
    file: 'server',
    express: 4,
    semicolons: false,
    eol: '\r\n',
    packageManager: 'bun',
  },
  {
    ...JAVASCRIPT,
    name: 'js-esm-factory',
    made: 'factory',
    file: 'index',
    indent: '\t',
    has: ['session', 'helmet'],
    testRunner: 'mocha',
  },
  { ...COMMON_JS, name: 'js-commonjs', express: 4, testRunner: 'jest', packageManager: 'yarn' },
  {
    ...COMMON_JS,
    name: 'js-commonjs-root',
    sourceRoot: '',
    indent: '    ',
    quote: '"',
    has: ['cors', 'session', 'risks'],
    file: 'index',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-class',
    made: 'class',
    express: 4,
    eol: '\r\n',
    finalNewline: false,
    sourceRoot: 'server',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-setup',
    made: 'setup-function',
    sourceRoot: 'lib',
    semicolons: false,
    has: ['docs', 'env'],
    testRunner: 'jest',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-workspace',
    workspace: 'apps/api',
    made: 'factory',
    packageManager: 'npm',
    quote: '"',
    has: ['auth'],
  },
  { ...COMMON_JS, name: 'js-commonjs-wrapped', made: 'wrapped' },
  { ...JAVASCRIPT, name: 'js-esm-wrapped', made: 'wrapped', express: 4, file: 'main' },
];
