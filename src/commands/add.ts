import { basename } from 'node:path';
import { isChange } from '../disk/changes.ts';
import { ConflictError, InputError } from '../errors.ts';
import { hasAccounts, MODULES, type Module } from '../features/modules.ts';
import { openHostFiles } from '../host/host-files.ts';
import { planHost } from '../host/host-plan.ts';
import { readPackageJson } from '../host/package-facts.ts';
import { REPLACEABLE, type Replaceable } from '../host/replaceable.ts';
import type { HostShape } from '../host/shape.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import { renewAnswers } from '../merge/renewed-answers.ts';
import type { Answers, ProjectAnswers } from '../options/answers.ts';
import { nameKind } from '../options/kinds/name.ts';
import type { OptionName } from '../options/option.ts';
import { pinned } from '../options/reproduce.ts';
import {
  checkGiven,
  type Given,
  type GivenAnswers,
  openQuestions,
  resolveAnswers,
} from '../options/resolve.ts';
import { type Addition, additionOf } from './addition.ts';
import { detectPackageManager } from './by-hand.ts';
import { carryOut } from './carry-out.ts';
import type { Interview } from './create.ts';
import { type HostChanged, handOverOf, type OpenedHost, openHost } from './host-changes.ts';
import { missingAnswers } from './missing-answers.ts';
import { openProject } from './open-project.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import type { RegenerateHost } from './regenerate.ts';
import { hidesSecrets, refuseTrackedSecrets } from './secrets-in-git.ts';

/** What was asked for. */
export interface AddRequest {
  /** Absolute. */
  readonly cwd: string;
  /** `auth` where none is named. */
  readonly modules: readonly Module[];
  /** What of the host's own is to give way to ours. */
  readonly replace: readonly Replaceable[];
  readonly given: GivenAnswers;
  readonly onConflict: OnConflict;
  readonly dryRun: boolean;
  readonly verify: boolean;
  readonly install: boolean;
  /** Take the defaults for what was not given. */
  readonly yes: boolean;
}

/** What the command needs of whoever runs it. */
export interface AddHost extends RegenerateHost {
  /** Asks a person for what is missing; undefined where nobody can answer. */
  readonly interview: Interview | undefined;
  /** Hears what was read of the repo, before anything is asked. */
  readonly found?: (name: string, shape: HostShape, appAt: string | undefined) => void;
  /** Hears what the repo is going to get, before it does. */
  readonly adding?: (addition: Addition) => void;
}

/**
 * Puts modules into a repo that we did not make.
 *
 * @throws {InputError} for a directory without an Express application, or an answer that cannot be used.
 * @throws {ConflictError} where the host has what ours cannot work beside; nothing was written then.
 * @throws {CancelledError} when the person or a signal stops it before everything is in place.
 */
export async function add(request: AddRequest, runner: AddHost): Promise<HostChanged> {
  checkGiven(request.given);
  const root = openProject(request.cwd);
  const packageManager = detectPackageManager(runner.env.npm_config_user_agent);
  const open = () => openHost(root, packageManager, { replace: request.replace });
  const opened = open();
  const { host, record } = opened;
  const modules = modulesOf(request, opened);
  const name = nameOf(root);
  const { creation } = host.app;
  runner.found?.(name, host.shape, creation && `${creation.path}:${creation.line}`);
  for (;;) {
    const { answers, asked } = await answersFor(name, modules, request, opened, runner);
    // A person's answers take time, in which somebody may have written into the app.
    const current = { record, host: asked ? open().host : host };
    const adding = { root, name, modules, request, opened: current, asked };
    const result = await addWith(answers, adding, runner);
    // A person who has seen the plan wants other answers.
    if (result !== 'back') return result;
  }
}

interface Adding {
  readonly root: string;
  readonly name: string;
  readonly modules: readonly Module[];
  readonly request: AddRequest;
  readonly opened: OpenedHost;
  /** Whether a person was asked for the answers. */
  readonly asked: boolean;
}

async function addWith(
  answers: ProjectAnswers,
  { root, name, modules, request, opened: { record, host }, asked }: Adding,
  runner: AddHost,
): Promise<HostChanged | 'back'> {
  checkOrigins(modules, answers);
  // A person's time to answer is not ours.
  const started = performance.now();
  const { onConflict, dryRun, install, verify } = request;
  const { changes } = await planHost({ root, record, answers, modules, host, onConflict });
  const { shape } = host;
  const findings = host.findings.filter(
    ({ code }) => code !== 'library-check' || hasAccounts(modules),
  );
  const plan = { root, changes, reasons: new Map(), byHand: [] };
  const leftOut = request.modules.filter((module) => !modules.includes(module));
  const addition = additionOf(root, name, host, changes, { answers, modules, leftOut });
  if (changes.some(isChange)) runner.adding?.(addition);
  runner.planned(plan);
  refuseConflicts(changes);
  await refuseTrackedSecrets(root, changes);
  const outcome = {
    command: 'add' as const,
    dryRun,
    root,
    shape,
    answers,
    modules,
    changes,
    findings,
  };
  const done =
    dryRun || !changes.some(isChange)
      ? { steps: [], elapsedMs: Math.round(performance.now() - started) }
      : await carryOut(
          { plan, packageManager: shape.packageManager, install, verify, hasAnswers: asked },
          runner,
        );
  if (done === 'back') return 'back';
  const isHidden = addition.secrets.length > 0 && (await hidesSecrets(root));
  const handOver = handOverOf(root, host, modules);
  return { ...outcome, handOver, addition: { ...addition, isHidden }, ...done };
}

/** CORS is about somebody: without an origin it has nothing to do. */
function checkOrigins(modules: readonly Module[], { corsOrigins }: ProjectAnswers): void {
  if (!modules.includes('cors') || corsOrigins.length > 0) return;
  throw new InputError({
    code: 'no-origins',
    message: 'cors lets pages of other origins in, and none is given',
    where: '--cors',
    mend: 'Name them, as in --cors https://app.example.com; without cors no other origin may read.',
  });
}

/** What is to be there: what was there, and what was asked for, but for what the host has of its own. */
function modulesOf(
  { modules, replace }: AddRequest,
  { host, record }: OpenedHost,
): readonly Module[] {
  const wanted = [...(modules.length === 0 ? (['auth'] as const) : modules), ...replace];
  const own = REPLACEABLE.filter((module) =>
    host.findings.some(({ kind, code }) => kind === 'kept' && code === module),
  );
  const added = wanted.filter((module) => !own.some((one) => one === module));
  // In one order, however they were named: a second run finds nothing to change.
  const all = MODULES.filter((module) =>
    [...(record?.host?.modules ?? []), ...added].includes(module),
  );
  if (all.length > 0) return all;
  const [finding] = host.findings.filter(({ code }) => wanted.some((module) => module === code));
  throw new ConflictError({
    code: 'already-there',
    message: `There is nothing to add: ${finding?.message}`,
    where: finding?.where ?? 'package.json',
    mend: `To have ours instead: ${pinned('add', '--replace', own.join(','))}`,
  });
}

async function answersFor(
  name: string,
  modules: readonly Module[],
  { given, yes }: AddRequest,
  { host, record }: OpenedHost,
  { interview }: AddHost,
): Promise<{ readonly answers: ProjectAnswers; readonly asked: boolean }> {
  if (record !== undefined) return { answers: renewAnswers(record, given), asked: false };
  const { packageManager, testRunner } = host.shape;
  const circumstances = { packageManager };
  const implied = impliedAnswers(modules, given);
  implied.set('name', { value: name, where: 'package.json' });
  implied.set('packageManager', { value: packageManager, where: 'package.json' });
  implied.set('testRunner', {
    value: testRunner === 'vitest' ? 'vitest' : 'node',
    where: 'package.json',
  });
  implied.set('git', { value: false, where: 'git' });
  const known = new Map([...implied, ...given]);
  const open = openQuestions(known);
  if (yes || open.length === 0) {
    return { answers: resolveAnswers(known, circumstances), asked: false };
  }
  if (interview === undefined) throw missingAnswers(open);
  const start = { directory: '.', given: known, circumstances, checkDirectory: () => name };
  const { given: all } = await interview(start);
  return { answers: resolveAnswers(all, circumstances), asked: true };
}

/** What follows from the modules, and so is no question. */
function impliedAnswers(modules: readonly Module[], given: GivenAnswers): Map<OptionName, Given> {
  const implied = new Map<OptionName, Given>();
  const imply = (name: OptionName, value: unknown) => {
    if (!given.has(name)) implied.set(name, { value, where: 'the modules' });
  };
  const ways = (['jwt', 'session'] as const).filter((way) => modules.includes(way));
  if (!modules.includes('auth')) {
    const auth: Answers['auth'] = ways.length === 2 ? 'both' : (ways[0] ?? 'session');
    imply('auth', auth);
  }
  const signsIn = modules.includes('auth') || ways.length > 0;
  if (!signsIn) {
    imply('sessionStore', 'database');
    imply('database', 'sqlite');
    if (!modules.includes('password')) imply('hash', 'scrypt');
  }
  if (!signsIn && !modules.includes('cors')) imply('corsOrigins', []);
  if (!modules.includes('helmet')) imply('helmet', 'strict');
  return implied;
}

/** The name of the package where it can be one of ours, else that of its directory. */
function nameOf(root: string): string {
  for (const name of [readPackageJson(openHostFiles(root))?.name, basename(root)]) {
    try {
      return nameKind.check(name, 'package.json');
    } catch {
      // The next may do.
    }
  }
  return 'app';
}
