import type { Change } from '../disk/changes.ts';
import { InputError } from '../errors.ts';
import type { Module } from '../features/modules.ts';
import type { Finding } from '../host/existing-protection.ts';
import { formerFiles, isMountedByHand } from '../host/host-plan.ts';
import { mountedFor } from '../host/mounted.ts';
import { type Host, readHost } from '../host/read-host.ts';
import type { Replaceable } from '../host/replaceable.ts';
import type { HostShape } from '../host/shape.ts';
import { targetOf, type WiringLines, type WiringTarget, wiringLines } from '../host/wire.ts';
import { type ProjectRecord, readRecord } from '../merge/record.ts';
import type { Answers, ProjectAnswers } from '../options/answers.ts';
import { pinned } from '../options/reproduce.ts';
import { MANIFEST } from '../record-paths.ts';
import type { Addition } from './addition.ts';
import type { Step } from './afterwards.ts';
import type { Verdict } from './verify.ts';

/** What `add` or `remove` did, or with `dryRun` would do. */
export interface HostChanged {
  readonly command: 'add' | 'remove';
  readonly dryRun: boolean;
  readonly root: string;
  readonly shape: HostShape;
  readonly answers: ProjectAnswers | undefined;
  /** What is there, or not there any more. */
  readonly modules: readonly Module[];
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly handOver: HandOver | undefined;
  /** What of the host's own imports what `remove` takes away all the same; with places as they are afterwards. */
  readonly stillImported?: readonly { readonly where: string; readonly module: string }[];
  /** Present for `add`. */
  readonly addition?: Addition;
  readonly steps: readonly Step[];
  readonly verdict?: Verdict | undefined;
  readonly elapsedMs: number;
}

/** The step that is left to a person: lines, and where they go. */
export interface HandOver {
  readonly why: string;
  /** `path:line`, or words where no place is known. */
  readonly where: string;
  readonly lines: WiringLines;
}

/** A host as it is, and what was recorded in it. */
export interface OpenedHost {
  readonly record: ProjectRecord | undefined;
  readonly host: Host;
}

/** What of the host's own is to give way, and what is to come back. */
interface Replacing {
  readonly replace?: readonly Replaceable[];
  /** The modules that are to be there: what gave way to another comes back. */
  readonly modules?: readonly Module[];
}

/**
 * Reads a host.
 *
 * @throws {InputError} where the directory is a project that this program made as a whole, or no host.
 * @throws {ConflictError} where what would be added cannot work.
 */
export function openHost(
  root: string,
  packageManager: Answers['packageManager'],
  { replace = [], modules }: Replacing = {},
): OpenedHost {
  const record = readRecord(root);
  if (record !== undefined && record.host === undefined) {
    throw new InputError({
      code: 'own-project',
      message: 'This project was made by this program as a whole',
      where: MANIFEST,
      mend: `Give it other answers: ${pinned('regenerate', '--auth', 'both')}`,
    });
  }
  const files = formerFiles(root, record?.host);
  const { replaced = [], shape: former, wiring = [] } = record?.host ?? {};
  const host = readHost(files, {
    packageManager,
    folder: former?.folder,
    appPath: wiring[0]?.path,
    replace,
    replaced: replaced.filter((one) => modules === undefined || modules.includes(one)),
  });
  if (record?.host === undefined) return { record, host };
  // What follows from the shape is not to change because the host's own files do.
  const { express, packageManager: current } = host.shape;
  const shape = { ...record.host.shape, express, packageManager: current };
  return { record, host: { ...host, shape } };
}

/** The lines that a person has to put in; undefined where they are in, or there are none. */
export function handOverOf(
  root: string,
  { app, shape }: Host,
  modules: readonly Module[],
): HandOver | undefined {
  const mounted = mountedFor(modules);
  if (app.kind === 'found' || mounted.length === 0) return undefined;
  if (isMountedByHand(root, shape, mounted)) return undefined;
  const { creation, why } = app;
  const where =
    creation === undefined
      ? 'the file that makes your application, before its first route'
      : `${creation.path}:${creation.line}, after the application is made and before its first route`;
  return { why, where, lines: wiringLines(mounted, wiringTarget(app, shape), shape) };
}

/** Where lines for a host's app go, as far as that is known. */
export function wiringTarget(
  { creation }: Pick<Host['app'], 'creation'>,
  shape: Host['shape'],
): WiringTarget {
  if (creation !== undefined) return targetOf(creation);
  const within = shape.sourceRoot === '' ? '' : `${shape.sourceRoot}/`;
  return {
    path: `${within}app.${shape.language === 'typescript' ? 'ts' : 'js'}`,
    receiver: 'app',
    hasImports: shape.language === 'typescript' || shape.modules === 'esm',
    style: shape.style,
  };
}
