import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, InputError } from '../errors.ts';
import { hasAccounts, type Module } from '../features/modules.ts';
import { databaseFiles } from '../host/environment.ts';
import type { Finding } from '../host/existing-protection.ts';
import { planHost, planHostRemoval } from '../host/host-plan.ts';
import { stillImported } from '../host/still-imported.ts';
import type { HostRecord } from '../merge/record.ts';
import { recordedAnswers } from '../merge/renewed-answers.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { pinned } from '../options/reproduce.ts';
import { hostNeeds } from '../render/host-module.ts';
import type { AddRequest } from './add.ts';
import { detectPackageManager } from './by-hand.ts';
import { carryOut } from './carry-out.ts';
import { type HostChanged, openHost } from './host-changes.ts';
import { openProject } from './open-project.ts';
import { refuseConflicts, toldImports } from './refuse-conflicts.ts';
import type { RegenerateHost } from './regenerate.ts';

/**
 * Takes modules out again: the inverse of `add`. What somebody edited since is merged, or is a conflict.
 *
 * @throws {InputError} where nothing was added.
 * @throws {ConflictError} for edits in what is to go, and for imports of it that stay; nothing was written then.
 * @throws {CancelledError} when a signal stops it before everything is in place.
 */
export async function remove(
  request: Omit<AddRequest, 'given' | 'yes' | 'replace' | 'verify'>,
  runner: RegenerateHost,
): Promise<HostChanged> {
  const started = performance.now();
  const root = openProject(request.cwd);
  const usual = detectPackageManager(runner.env.npm_config_user_agent);
  const { record } = openHost(root, usual);
  if (record?.host === undefined) throw nothingAdded();
  const added = { ...record, host: record.host };
  const rest = remaining(added.host, request.modules);
  const { host } = openHost(root, usual, { modules: rest });
  const { onConflict, dryRun } = request;
  const answers = recordedAnswers(record);
  const { changes, tree } =
    rest.length === 0
      ? {
          changes: planHostRemoval(root, added, added.host, answers, onConflict),
          tree: new Map(),
        }
      : await planHost({ root, record, answers, modules: rest, host, onConflict });
  const { shape } = host;
  const imports = stillImported({ root, record, shape, changes, tree });
  const isLeft = onConflict !== 'fail';
  const plan = { root, changes, reasons: new Map(), byHand: isLeft ? toldImports(imports) : [] };
  runner.planned(plan);
  refuseConflicts(changes, isLeft ? [] : imports);
  const outcome = {
    command: 'remove' as const,
    dryRun,
    root,
    shape,
    answers: rest.length === 0 ? undefined : answers,
    modules: added.host.modules.filter((module) => !rest.includes(module)),
    changes,
    findings: hasAccounts(rest) ? [] : databasesLeft(root, answers, added.host),
    handOver: undefined,
    stillImported: imports.map(({ whereAfter, module }) => ({ where: whereAfter, module })),
  };
  if (dryRun) {
    return { ...outcome, steps: [], elapsedMs: Math.round(performance.now() - started) };
  }
  const { packageManager } = shape;
  const deed = { plan, packageManager, install: request.install, verify: false };
  const done = await carryOut(deed, runner);
  if (done === 'back') throw new CancelledError();
  return { ...outcome, ...done };
}

/** Accounts are nobody's to delete but their owner's, who should know where they are. */
function databasesLeft(
  root: string,
  answers: ProjectAnswers,
  { shape, modules }: HostRecord,
): readonly Finding[] {
  const { env } = hostNeeds(answers, shape, modules);
  return databaseFiles(env, answers)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({
      kind: 'kept',
      code: 'database',
      where: path,
      message: 'it holds the accounts, and stays, as does what keeps it out of git',
    }));
}

/** What stays; `auth` stands for the ways to sign in. */
function remaining({ modules }: HostRecord, named: readonly Module[]): readonly Module[] {
  if (named.length === 0) return [];
  const gone = named.includes('auth') ? [...named, 'jwt', 'session', 'password'] : named;
  const unknown = named.find((module) => module !== 'auth' && !modules.includes(module));
  if (unknown !== undefined) {
    throw new InputError({
      code: 'not-added',
      message: `${unknown} was not added here; what was: ${modules.join(', ')}`,
      where: unknown,
      mend: `For example: ${pinned('remove', ...modules.slice(0, 1))}`,
    });
  }
  return modules.filter((module) => !gone.includes(module));
}

function nothingAdded(): InputError {
  return new InputError({
    code: 'nothing-added',
    message: 'Nothing of ours was added here',
    where: '--cwd',
    mend: 'Go to the package that it was added to, or name it with --cwd.',
  });
}
