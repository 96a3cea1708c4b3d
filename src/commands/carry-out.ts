import { commit } from '../disk/commit.ts';
import { CancelledError, ConflictError, InputError } from '../errors.ts';
import type { Answers } from '../options/answers.ts';
import { pinned } from '../options/reproduce.ts';
import { type Step, takeInstall } from './afterwards.ts';
import { type NewPackages, newPackages } from './new-packages.ts';
import { changesDependencies, type Plan, type RegenerateHost } from './regenerate.ts';
import { remember, takeBack } from './take-back.ts';
import { type CheckResult, type Verdict, worse } from './verify.ts';

/** A plan that is to be done, and how. */
export interface Deed {
  readonly plan: Plan;
  readonly packageManager: Answers['packageManager'];
  readonly install: boolean;
  readonly verify: boolean;
  /** Whether somebody has agreed to exactly this. */
  readonly agreed?: boolean;
  /** Whether there are answers that a person can go back to. */
  readonly hasAnswers?: boolean;
}

/** What came of it. */
export interface Done {
  readonly steps: readonly Step[];
  readonly verdict?: Verdict;
  /** Without the time that a person took. */
  readonly elapsedMs: number;
}

/**
 * Does what was planned: asks, writes, installs, and checks before and after if that is wanted.
 *
 * @returns `back` where a person wants other answers; nothing was written then.
 * @throws {InputError} where checking would say nothing.
 * @throws {ConflictError} where a check got worse: then everything is as it was.
 * @throws {CancelledError} when a person or a signal stops it before everything is in place, or while it is checked.
 */
export async function carryOut(deed: Deed, host: RegenerateHost): Promise<Done | 'back'> {
  const { plan, packageManager, install, agreed = false, hasAnswers = false } = deed;
  const { root, changes } = plan;
  if (deed.verify && !install) refuseBlindChecks(newPackages(root, changes));
  const { warnOfDirtyTree } = await import('./git-status.ts');
  await warnOfDirtyTree(root, host);
  if (!agreed && (await host.agree?.(plan, hasAnswers)) === 'back') return 'back';

  const started = performance.now();
  const workplace = { ...host, directory: root };
  const verify = deed.verify ? (await import('./verify.ts')).verify : undefined;
  const before = await verify?.(packageManager, workplace, 'before', host);
  if (host.signal.aborted) throw new CancelledError();
  const remembered = remember(root, changes);
  const begun = performance.now();
  await commit(changes, { path: root, anchor: root }, host.signal, { undoable: true });
  host.renewed(changes, Math.round(performance.now() - begun));
  const installs = changesDependencies(changes);
  const steps = installs ? [await takeInstall(install, packageManager, workplace, host)] : [];
  const after = await verify?.(packageManager, workplace, 'after', host);
  const verdict = before && after && { before, after };
  const fails = verdict === undefined ? [] : worse(verdict);
  if (verdict !== undefined && (fails.length > 0 || host.signal.aborted)) {
    await takeBack(root, remembered);
    host.warn('Everything is taken back.');
    // What was installed goes with it; there is nothing to stop any more.
    const calm = { ...workplace, signal: new AbortController().signal };
    if (installs && install) await takeInstall(true, packageManager, calm, host);
    throw host.signal.aborted
      ? new CancelledError('Cancelled while it was checked; everything is as it was')
      : gotWorse(fails);
  }
  const elapsedMs = Math.round(performance.now() - started);
  return { steps, ...(verdict && { verdict }), elapsedMs };
}

function refuseBlindChecks({ added, raised }: NewPackages): void {
  const packages = [...added, ...raised.map(({ name }) => name)].sort();
  if (packages.length === 0) return;
  throw new InputError({
    code: 'verify-needs-install',
    message: `--verify would only find that packages are missing, which --no-install leaves out: ${packages.join(', ')}`,
    where: '--verify',
    mend: 'Leave one of the two out.',
  });
}

function gotWorse(fails: readonly CheckResult[]): ConflictError {
  const commands = fails.map(({ command }) => command).join(' and ');
  return new ConflictError({
    code: 'got-worse',
    message: `${commands} ${fails.length === 1 ? 'fails' : 'fail'} with the change, and did not before; everything is as it was`,
    where: fails.map(({ name }) => name).join(' '),
    mend: `To have the change nevertheless, and mend what fails: ${pinned('regenerate', '--undo')}`,
  });
}
