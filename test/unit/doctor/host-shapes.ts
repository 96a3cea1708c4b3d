import type { HostShape } from '../../../src/host/shape.ts';

const ESM: HostShape = {
  language: 'typescript',
  modules: 'esm',
  importSuffix: '.js',
  express: 5,
  testRunner: 'node',
  packageManager: 'npm',
  sourceRoot: 'src',
  folder: 'src/secure-auth',
  style: { indent: '  ', quote: "'", semicolons: true, eol: '\n' },
};

/** Two repos that have nothing in common in how they write code. */
export const SHAPES = {
  esm: ESM,
  commonJs: {
    ...ESM,
    language: 'javascript',
    modules: 'commonjs',
    importSuffix: '',
    express: 4,
    style: { indent: '\t', quote: '"', semicolons: false, eol: '\r\n' },
  },
} as const satisfies Record<string, HostShape>;
