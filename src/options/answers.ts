import type { Module } from '../features/modules.ts';
import type { HostShape } from '../host/shape.ts';

/** Everything that a project is made from: the validated, frozen result of flags, prompts and answers files. */
export interface Answers {
  /** npm package name of the project. */
  readonly name: string;
  readonly auth: 'session' | 'jwt' | 'both';
  /** Present where `auth` is `jwt` or `both`. */
  readonly jwtAlgorithm?: 'HS256' | 'EdDSA' | 'ES256';
  /** Present where `auth` is `jwt` or `both`. */
  readonly refreshTransport?: 'cookie' | 'body';
  /** Present where `auth` is `jwt` or `both`. */
  readonly revocation?: 'expiry' | 'instant';
  /** Present where `auth` is `session` or `both`. */
  readonly sessionStore?: 'database' | 'redis' | 'memory';
  readonly hash: 'argon2id' | 'bcrypt' | 'scrypt' | 'pbkdf2';
  readonly database: 'sqlite' | 'postgres';
  /** Exact origins, or `https://*.host` patterns; empty for none. */
  readonly corsOrigins: readonly string[];
  readonly helmet: 'strict' | 'web' | 'custom';
  /** Present where `helmet` is `custom`. */
  readonly helmetHeaders?: HelmetHeaders;
  readonly testRunner: 'vitest' | 'node';
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly git: boolean;
  readonly install: boolean;
}

/** What the files of a project, or of a module in a repo that exists, are rendered from. */
export interface ProjectAnswers extends Answers {
  /** Password hashes that were chosen before: what is stored may still be of them. */
  readonly formerHashes?: readonly Answers['hash'][];
  /** The database that was chosen before: accounts may still have to be copied from it. */
  readonly formerDatabase?: 'sqlite';
  /** The repo that it goes into, where it is not a project of its own. */
  readonly host?: HostShape;
  /** What goes into that repo; everything about who somebody is, where nothing is said. */
  readonly modules?: readonly Module[];
}

/** The headers of a `custom` project, by Helmet's own option names; `false` leaves the header out. */
export interface HelmetHeaders {
  /** `strict`: nothing may load (an API). `web`: same origin only (pages). */
  readonly contentSecurityPolicy: 'strict' | 'web' | false;
  /** `maxAge` in seconds. */
  readonly strictTransportSecurity:
    | { readonly maxAge: number; readonly includeSubDomains: boolean; readonly preload: boolean }
    | false;
  readonly xFrameOptions: 'DENY' | 'SAMEORIGIN' | false;
  readonly referrerPolicy: ReferrerPolicy | false;
  readonly crossOriginOpenerPolicy: 'same-origin' | 'same-origin-allow-popups' | false;
  readonly crossOriginEmbedderPolicy: 'require-corp' | 'credentialless' | false;
  readonly crossOriginResourcePolicy: 'same-origin' | 'same-site' | 'cross-origin' | false;
  /** The header's value, for example `geolocation=(), camera=()`. */
  readonly permissionsPolicy: string | false;
  readonly xContentTypeOptions: boolean;
  readonly xDnsPrefetchControl: boolean;
  readonly xDownloadOptions: boolean;
  readonly xPermittedCrossDomainPolicies: boolean;
  readonly originAgentCluster: boolean;
}

export type ReferrerPolicy =
  | 'no-referrer'
  | 'same-origin'
  | 'strict-origin'
  | 'strict-origin-when-cross-origin';
