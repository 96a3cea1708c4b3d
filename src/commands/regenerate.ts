import { type Change, isChange } from '../disk/changes.ts';
import { planWayBack } from '../disk/way-back.ts';
import { CancelledError } from '../errors.ts';
import type { Module } from '../features/modules.ts';
import { openHostFiles } from '../host/host-files.ts';
import { packageManagerOf } from '../host/package-facts.ts';
import type { OnConflict } from '../merge/on-conflict.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import type { GivenAnswers } from '../options/resolve.ts';
import type { Step, StepListener } from './afterwards.ts';
import { detectPackageManager } from './by-hand.ts';
import { carryOut } from './carry-out.ts';
import { openProject } from './open-project.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { planRegeneration, type Regeneration } from './regeneration.ts';
import { checkSavedPlan, type SavedPlan, savePlan } from './saved-plan.ts';
import { refuseTrackedSecrets } from './secrets-in-git.ts';
import { holdUsed, UsedSinceError, usedSince } from './used-since.ts';
import type { CheckListener, Verdict } from './verify.ts';

/** What was asked for. */
export interface RegenerateRequest {
  /** Absolute. */
  readonly cwd: string;
  readonly modules: readonly Module[];
  readonly given: GivenAnswers;
  readonly onConflict: OnConflict;
  readonly dryRun: boolean;
  /** Where to save the plan, instead of doing it. */
  readonly savePlanTo?: string | undefined;
  /** A plan to do exactly, or not at all. */
  readonly saved?: SavedPlan | undefined;
  readonly verify: boolean;
  readonly install: boolean;
}

/** What the command needs of whoever runs it. */
export interface RegenerateHost extends StepListener, CheckListener {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where the output of installing goes: 2 where 1 belongs to JSON. */
  readonly output: 1 | 2;
  /** Hears what is going to happen, before it does. */
  readonly planned: (plan: Plan) => void;
  /** Hears that everything is in place. */
  readonly renewed: (changes: readonly Change[], elapsedMs: number) => void;
  /**
   * Asks whether a plan is to be done, and throws where it is not; absent where nobody is to be asked.
   *
   * @returns `back` where a person wants other answers, which only some plans have.
   */
  readonly agree?: ((plan: Plan, hasAnswers: boolean) => Promise<'do' | 'back'>) | undefined;
  /** Hears what a person should know, and is no error: whole sentences. */
  readonly warn: (warning: string) => void;
}

/** What is going to happen to a project. */
export type Plan = Omit<Regeneration, 'answers'> & { readonly answers?: ProjectAnswers };

/** What `regenerate` did, or with `dryRun` would do. */
export interface Regenerated {
  readonly command: 'regenerate' | 'diff' | 'undo';
  readonly dryRun: boolean;
  readonly plan: Plan;
  /** Where the plan was saved. */
  readonly savedTo?: string;
  readonly steps: readonly Step[];
  readonly verdict?: Verdict;
  readonly elapsedMs: number;
}

/**
 * Brings a project up to date, with what its people changed in it.
 *
 * @throws {InputError} for a directory that is no project of ours, or an answer that cannot be used.
 * @throws {ConflictError} for edits that cannot be brought together, a plan that no longer holds, or another run.
 * @throws {CancelledError} when a person or a signal stops it before everything is in place.
 */
export async function regenerate(
  request: RegenerateRequest,
  host: RegenerateHost,
): Promise<Regenerated> {
  const started = performance.now();
  const root = openProject(request.cwd);
  const plan = await planRegeneration({ ...request, root });
  if (request.saved !== undefined) checkSavedPlan(request.saved, plan);
  const done = { command: 'regenerate', plan, elapsedMs: 0 } as const;
  const elapsed = () => Math.round(performance.now() - started);
  if (request.savePlanTo !== undefined) {
    savePlan(request.savePlanTo, plan, request);
    return { ...done, dryRun: true, savedTo: request.savePlanTo, steps: [], elapsedMs: elapsed() };
  }
  host.planned(plan);
  refuseConflicts(plan.changes);
  await refuseTrackedSecrets(root, plan.changes);
  if (request.dryRun || !plan.changes.some(isChange)) {
    return { ...done, dryRun: request.dryRun, steps: [], elapsedMs: elapsed() };
  }
  const outcome = await carryOut(
    {
      plan,
      packageManager: plan.answers.packageManager,
      install: request.install,
      verify: request.verify,
      agreed: request.saved !== undefined,
    },
    host,
  );
  if (outcome === 'back') throw new CancelledError();
  return { ...done, dryRun: false, ...outcome };
}

/**
 * What `regenerate` would change.
 *
 * @throws as `regenerate` does, save for conflicts, which are part of what it would do.
 */
export async function diff(
  request: Pick<RegenerateRequest, 'cwd' | 'modules' | 'given' | 'onConflict'>,
): Promise<Regenerated> {
  const started = performance.now();
  const plan = await planRegeneration({ ...request, root: openProject(request.cwd) });
  const elapsedMs = Math.round(performance.now() - started);
  return { command: 'diff', dryRun: true, plan, steps: [], elapsedMs };
}

/**
 * Brings back what was there before the last commit. Undoing that is doing it again.
 *
 * @throws {InputError} when there is nothing to undo.
 * @throws {ConflictError} for files that were changed since, unless `keep` or `theirs` decides.
 * @throws {UsedSinceError} for what a database may hold since, unless `theirs` says that none does.
 */
export async function undoLast(
  {
    cwd,
    onConflict,
    dryRun,
    install,
  }: Pick<RegenerateRequest, 'cwd' | 'onConflict' | 'dryRun' | 'install'>,
  host: RegenerateHost,
): Promise<Regenerated> {
  const started = performance.now();
  const root = openProject(cwd);
  const back = planWayBack(root, 'theirs');
  const used = usedSince(root, back);
  const planned = onConflict === 'theirs' ? back : planWayBack(root, onConflict);
  const changes = holdUsed(planned, used, onConflict);
  const plan: Plan = { root, changes, reasons: new Map(), byHand: [] };
  host.planned(plan);
  if (used.size > 0 && onConflict !== 'theirs') throw new UsedSinceError(root, back, used);
  refuseConflicts(changes);
  if (dryRun || !changes.some(isChange)) {
    const elapsedMs = Math.round(performance.now() - started);
    return { command: 'undo', dryRun, plan, steps: [], elapsedMs };
  }
  const usual = detectPackageManager(host.env.npm_config_user_agent);
  const packageManager = packageManagerOf(openHostFiles(root), usual);
  const outcome = await carryOut({ plan, packageManager, install, verify: false }, host);
  if (outcome === 'back') throw new CancelledError();
  return { command: 'undo', dryRun, plan, ...outcome };
}

/** Whether anything is to be installed for some changes. */
export function changesDependencies(changes: readonly Change[]): boolean {
  return changes.some((change) => change.path === 'package.json' && isChange(change));
}
