import type { Module } from '../../src/features/modules.ts';
import type { HostShape } from '../../src/host/shape.ts';
import type { ProjectAnswers } from '../../src/options/answers.ts';
import { answersOf } from './variants.ts';

/** What most are like. */
export const ORDINARY: HostShape = {
  language: 'typescript',
  modules: 'esm',
  importSuffix: '.js',
  express: 5,
  testRunner: undefined,
  packageManager: 'npm',
  sourceRoot: 'src',
  folder: 'src/secure-auth',
  style: { indent: '  ', quote: '"', semicolons: true, eol: '\n' },
};

/** Repos of each kind, by what tells them apart. */
export const SHAPES: Readonly<Record<string, HostShape>> = {
  'ts-esm': ORDINARY,
  'ts-esm-express4': { ...ORDINARY, express: 4 },
  'ts-cjs': {
    ...ORDINARY,
    modules: 'commonjs',
    importSuffix: '',
    style: { indent: '    ', quote: "'", semicolons: true, eol: '\n' },
  },
  'js-esm': {
    ...ORDINARY,
    language: 'javascript',
    style: { indent: '\t', quote: '"', semicolons: false, eol: '\n' },
  },
  'js-cjs': {
    ...ORDINARY,
    language: 'javascript',
    modules: 'commonjs',
    importSuffix: '',
    style: { indent: '  ', quote: "'", semicolons: false, eol: '\r\n' },
  },
  'js-cjs-express4': {
    ...ORDINARY,
    language: 'javascript',
    modules: 'commonjs',
    express: 4,
    style: { indent: '  ', quote: "'", semicolons: true, eol: '\n' },
  },
};

/** The ways to sign in that are different code, in a repo of that shape. */
export function hostVariants(
  host: HostShape,
): readonly { readonly label: string; readonly answers: ProjectAnswers }[] {
  const tokens = { refreshTransport: 'body', revocation: 'expiry' } as const;
  const choices = {
    session: answersOf({}),
    memory: answersOf({ sessionStore: 'memory', helmet: 'web', hash: 'scrypt' }),
    jwt: answersOf({ auth: 'jwt', ...tokens, hash: 'bcrypt' }),
    eddsa: answersOf({ auth: 'jwt', jwtAlgorithm: 'EdDSA', revocation: 'instant' }),
    both: answersOf({
      auth: 'both',
      jwtAlgorithm: 'ES256',
      hash: 'pbkdf2',
      corsOrigins: ['https://app.example.com', 'https://*.example.org'],
    }),
    redis: answersOf({ sessionStore: 'redis' }),
    postgres: answersOf({ auth: 'both', ...tokens, database: 'postgres' }),
  };
  return Object.entries(choices).map(([label, answers]) => ({
    label,
    answers: { ...answers, host },
  }));
}

/** What can be put into a repo without any accounts. */
export function partsVariant(host: HostShape): {
  readonly label: string;
  readonly answers: ProjectAnswers & { readonly modules: readonly Module[] };
} {
  const corsOrigins = ['https://app.example.com'];
  const modules = ['password', 'cors', 'helmet'] as const;
  return { label: 'parts', answers: { ...answersOf({ corsOrigins }), host, modules } };
}
