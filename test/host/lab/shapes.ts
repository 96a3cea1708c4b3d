import type { Module } from '../../../src/features/modules.ts';
import type { Replaceable } from '../../../src/host/replaceable.ts';
import type { HostShape } from '../../../src/host/shape.ts';
import type { Answers } from '../../../src/options/answers.ts';

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
  /** What is added: `auth` where nothing is said, with the answers that `--yes` gives to all else. */
  readonly adds?: { readonly modules?: readonly Module[]; readonly answers?: Partial<Answers> };
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

const CORS = { corsOrigins: ['https://app.example.com', 'https://*.example.org'] };

const JAVASCRIPT = { ...ORDINARY, language: 'javascript' } as const;
const COMMON_JS = { ...JAVASCRIPT, modules: 'commonjs', suffix: '' } as const;

/** The shapes: every axis in at least two of them. */
export const FIXTURES: readonly HostFixture[] = [
  {
    ...ORDINARY,
    name: 'ts-esm',
    adds: {
      modules: ['auth', 'helmet', 'cors'],
      answers: { auth: 'both', jwtAlgorithm: 'ES256', hash: 'bcrypt', ...CORS },
    },
    testRunner: 'vitest',
  },
  {
    ...ORDINARY,
    name: 'ts-esm-class',
    adds: { answers: { auth: 'jwt', hash: 'scrypt' } },
    express: 4,
    made: 'class',
    file: 'server',
    quote: '"',
  },
  {
    ...ORDINARY,
    name: 'ts-esm-ts-suffix',
    adds: { answers: { auth: 'both', revocation: 'instant', hash: 'pbkdf2' } },
    suffix: '.ts',
    made: 'factory',
    packageManager: 'bun',
    semicolons: false,
  },
  {
    ...ORDINARY,
    name: 'ts-esm-ts-suffix-index',
    adds: { answers: { auth: 'jwt', jwtAlgorithm: 'EdDSA', refreshTransport: 'body' } },
    suffix: '.ts',
    file: 'index',
    has: ['env', 'docs'],
    indent: '    ',
  },
  {
    ...ORDINARY,
    name: 'ts-commonjs',
    adds: {
      answers: { auth: 'jwt', jwtAlgorithm: 'ES256', revocation: 'instant', hash: 'bcrypt' },
    },
    modules: 'commonjs',
    suffix: '',
    express: 4,
    packageManager: 'yarn',
    has: ['helmet', 'cors'],
  },
  {
    ...ORDINARY,
    name: 'ts-esm-replaced',
    adds: { answers: CORS },
    has: ['helmet', 'cors', 'risks'],
    replace: ['helmet', 'cors'],
    made: 'factory',
  },
  {
    ...ORDINARY,
    name: 'ts-commonjs-class-field',
    adds: { modules: ['auth', 'helmet'], answers: { hash: 'scrypt', helmet: 'web' } },
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
    adds: {
      answers: { auth: 'jwt', refreshTransport: 'body', revocation: 'instant', hash: 'pbkdf2' },
    },
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
    adds: {
      modules: ['auth', 'cors'],
      answers: { auth: 'both', jwtAlgorithm: 'EdDSA', hash: 'scrypt', ...CORS },
    },
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
    adds: { answers: { auth: 'both', refreshTransport: 'body', hash: 'bcrypt' } },
    made: 'factory',
    file: 'index',
    indent: '\t',
    has: ['session', 'helmet'],
    testRunner: 'mocha',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs',
    adds: { modules: ['jwt', 'cors'], answers: { hash: 'pbkdf2', ...CORS } },
    express: 4,
    testRunner: 'jest',
    packageManager: 'yarn',
  },
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
    adds: { answers: { hash: 'bcrypt', ...CORS } },
    made: 'class',
    express: 4,
    eol: '\r\n',
    finalNewline: false,
    sourceRoot: 'server',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-setup',
    adds: {
      answers: { auth: 'jwt', revocation: 'instant', hash: 'scrypt' },
    },
    made: 'setup-function',
    sourceRoot: 'lib',
    semicolons: false,
    has: ['docs', 'env'],
    testRunner: 'jest',
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-workspace',
    adds: {
      modules: ['auth', 'helmet', 'cors'],
      answers: { auth: 'both', revocation: 'instant', ...CORS },
    },
    workspace: 'apps/api',
    made: 'factory',
    packageManager: 'npm',
    quote: '"',
    has: ['auth'],
  },
  {
    ...COMMON_JS,
    name: 'js-commonjs-wrapped',
    adds: { answers: { auth: 'jwt', hash: 'pbkdf2' } },
    made: 'wrapped',
  },
  { ...JAVASCRIPT, name: 'js-esm-wrapped', made: 'wrapped', express: 4, file: 'main' },
];
