import type { ProjectAnswers } from '../options/answers.ts';
import type { PackageName } from './versions.ts';

type FromAnswers<T> = T | ((answers: ProjectAnswers) => T);

/** One variable of the project's environment, for .env and .env.example. */
export interface EnvVariable {
  readonly name: string;
  /** What it is for and what it takes, as a comment above it. */
  readonly comment: string;
  /** What the server takes where it is not set, shown in a commented-out line. */
  readonly fallback?: FromAnswers<string>;
  /** Draws a secret, for .env only: `.env.example` leaves it empty. */
  readonly drawSecret?: (answers: ProjectAnswers) => string;
  /** Whether the server starts without that secret. */
  readonly optional?: true;
}

/**
 * One part of a project, as data. Its whole files are in `templates/<id>/files`; what it puts into the seams of other
 * features' files is in `templates/<id>/slots/<slot>.<ext>`.
 */
export interface Feature {
  readonly id: string;
  readonly when: (answers: ProjectAnswers) => boolean;
  /** Whole files that it takes from another feature's templates. */
  readonly borrows?: { readonly from: string; readonly paths: readonly string[] };
  /** Packages, whose versions are in `versions.ts`. */
  readonly dependencies?: readonly PackageName[];
  readonly devDependencies?: readonly PackageName[];
  readonly scripts?: FromAnswers<Readonly<Record<string, string>>>;
  /** Members of package.json that no other feature sets. */
  readonly packageJson?: Readonly<Record<string, unknown>>;
  readonly env?: FromAnswers<readonly EnvVariable[]>;
  /** Items for `{{join "name"}}`: what stands inside a line, where a slot is whole lines. */
  readonly items?: FromAnswers<Readonly<Record<string, readonly string[]>>>;
  /** The slots of other features' seams, or of its own, that it fills by `fragments`. */
  readonly slots?: readonly string[];
  /** Slots that are computed from the answers rather than written down. */
  readonly fragments?: (answers: ProjectAnswers) => Readonly<Record<string, string>>;
}

/** The value of what is given as such, or as a function of the answers. */
export function resolve<T extends object | string>(
  value: FromAnswers<T>,
  answers: ProjectAnswers,
): T {
  return typeof value === 'function' ? value(answers) : value;
}
