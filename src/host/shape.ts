import type { Answers } from '../options/answers.ts';

/** What a repo that we did not make is like, as far as what goes into it depends on it. */
export interface HostShape {
  readonly language: 'typescript' | 'javascript';
  /** What the host's files are when Node.js loads them (for TypeScript: what they are compiled to, or run as). */
  readonly modules: 'esm' | 'commonjs';
  /** What relative imports end in. */
  readonly importSuffix: '.js' | '.ts' | '';
  readonly express: 4 | 5;
  readonly testRunner: 'vitest' | 'jest' | 'node' | 'mocha' | undefined;
  readonly packageManager: Answers['packageManager'];
  /** Relative to the package's root, with /; '' for the root itself. */
  readonly sourceRoot: string;
  /** Where the module goes, relative to the package's root: free, and shadowed by nothing. */
  readonly folder: string;
  readonly style: HostStyle;
  /** The names under which the module has packages whose version in the host it cannot use. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** How the host writes its files. */
export interface HostStyle {
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly eol: '\n' | '\r\n';
}
