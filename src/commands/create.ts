import { basename, relative } from 'node:path';
import { type Creation, holdAgainst, type Stay } from '../disk/changes.ts';
import { busy, commit } from '../disk/commit.ts';
import { inspectTarget, locateTarget, resolveBase, type Target } from '../disk/target.ts';
import { recoverTarget } from '../disk/undo.ts';
import type { Answers } from '../options/answers.ts';
import { nameKind } from '../options/kinds/name.ts';
import { reproducingArguments } from '../options/reproduce.ts';
import {
  type Circumstances,
  checkGiven,
  type GivenAnswers,
  openQuestions,
  resolveAnswers,
} from '../options/resolve.ts';
import { shellQuote } from '../options/shell-quote.ts';
import type { Tree } from '../render/tree.ts';
import { afterwards, type Step, type StepListener } from './afterwards.ts';
import { detectPackageManager, devCommand, storesCommand } from './by-hand.ts';
import { missingAnswers } from './missing-answers.ts';

/** What was asked for, before anyone is asked anything. */
export interface CreateRequest {
  /** As it was typed; undefined for the one that the name gives. */
  readonly directory: string | undefined;
  readonly given: GivenAnswers;
  /** Absolute: where `directory` starts from, and what it must lie in. */
  readonly cwd: string;
  readonly dryRun: boolean;
  /** Take the defaults for what was not given. */
  readonly yes: boolean;
}

/** What the command needs of whoever runs it. */
export interface CreateHost extends StepListener {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where the output of installing goes: 2 where 1 belongs to JSON. */
  readonly output: 1 | 2;
  /** Asks a person for what is missing, and for consent; undefined where nobody can answer, or is to be asked. */
  readonly interview: Interview | undefined;
  /** Hears that everything is in place. */
  readonly written: (changes: readonly (Creation | Stay)[], elapsedMs: number) => void;
}

/** Asks the questions that are open, if any, until the person wants the project. */
export type Interview = (start: {
  readonly directory: string | undefined;
  readonly given: GivenAnswers;
  readonly circumstances: Circumstances;
  /** The name that the directory gives; throws what `create` would throw about it. */
  readonly checkDirectory: (directory: string) => string;
}) => Promise<{ readonly directory: string; readonly given: GivenAnswers }>;

/** What `create` did, or with `dryRun` would do. */
export interface Created {
  readonly dryRun: boolean;
  /** As it was given, or made of the name. */
  readonly directory: string;
  readonly target: Target;
  readonly answers: Answers;
  readonly changes: readonly (Creation | Stay)[];
  readonly steps: readonly Step[];
  /** What to type next. */
  readonly next: readonly string[];
  /** The arguments that make the same project again. */
  readonly again: readonly string[];
  readonly elapsedMs: number;
}

/**
 * Makes a new project: answers, tree, changes, commit, afterwards.
 *
 * @throws {InputError} for a directory or an answer that cannot be used, or one that is missing.
 * @throws {ConflictError} when the target is not empty.
 * @throws {CancelledError} when the person or a signal stops it before everything is in place.
 */
export async function create(request: CreateRequest, host: CreateHost): Promise<Created> {
  const base = resolveBase(request.cwd);
  const circumstances = { packageManager: detectPackageManager(host.env.npm_config_user_agent) };
  checkGiven(request.given);

  const { directory, given, target } = await decide(request, host, base, circumstances);
  // A person's time to answer is not ours.
  const started = performance.now();
  const answers = resolveAnswers(withName(given, target), circumstances);
  const { renderProject } = await import('../render/project.ts');
  const tree = await renderProject(answers);
  const changes = holdAgainst(tree, target);

  let steps: readonly Step[] = [];
  if (!request.dryRun) {
    await commit(changes, target, host.signal);
    host.written(changes, Math.round(performance.now() - started));
    const workplace = { ...host, directory: target.path };
    steps = await afterwards(answers, secretPaths(tree), workplace, host);
  }
  return {
    dryRun: request.dryRun,
    directory,
    target,
    answers,
    changes,
    steps,
    next: nextCommands(answers, target, steps),
    again: reproducingArguments(
      answers,
      directory,
      basename(target.path),
      relative(process.cwd(), request.cwd),
    ),
    elapsedMs: Math.round(performance.now() - started),
  };
}

interface Decided {
  readonly directory: string;
  readonly given: GivenAnswers;
  readonly target: Target;
}

/** Settles where the project goes and what it is made from, asking a person where one can answer. */
async function decide(
  { directory: typed, given, yes, dryRun }: CreateRequest,
  { interview }: CreateHost,
  base: string,
  circumstances: Circumstances,
): Promise<Decided> {
  const takeStock = (directory: string) => stockOf(base, directory);
  const directory = typed ?? directoryNamed(given);
  // A directory that cannot be used is told before the first question, not after the last.
  const target = directory === undefined ? undefined : takeStock(directory);
  const open = openQuestions(target === undefined ? given : withName(given, target));
  const needed = yes ? open.filter((option) => option.name === 'name') : open;
  const settled = directory !== undefined && target !== undefined && needed.length === 0;
  // However much the flags say, nothing is written before a person who can be asked has agreed.
  if (settled && (interview === undefined || dryRun)) return { directory, given, target };
  if (interview === undefined) throw missingAnswers(needed);
  const checkDirectory = (candidate: string) => nameAfter(takeStock(candidate));
  const agreed = await interview({ directory, given, circumstances, checkDirectory });
  return { ...agreed, target: takeStock(agreed.directory) };
}

/** Puts right what a killed run left of the target, and looks at what is in it. */
function stockOf(base: string, directory: string): Target {
  const place = locateTarget(base, directory);
  const atWork = recoverTarget(base, place.path);
  if (atWork !== undefined) throw busy(atWork, place.path);
  // Recovery may have taken away what the place was found by.
  return inspectTarget(locateTarget(base, directory), directory);
}

/** The directory that a name gives: the name, without its scope. */
function directoryNamed(given: GivenAnswers): string | undefined {
  const name = given.get('name')?.value;
  return typeof name === 'string' ? name.slice(name.indexOf('/') + 1) : undefined;
}

/** Names the project after its directory, where nobody named it. */
function withName(given: GivenAnswers, target: Target): GivenAnswers {
  if (given.has('name')) return given;
  return new Map(given).set('name', { value: nameAfter(target), where: '[directory]' });
}

function nameAfter(target: Target): string {
  return nameKind.check(basename(target.path), '[directory]');
}

function secretPaths(tree: Tree): readonly string[] {
  return [...tree].filter(([, file]) => file.secret === true).map(([path]) => path);
}

function nextCommands(answers: Answers, target: Target, steps: readonly Step[]): readonly string[] {
  const way = relative(process.cwd(), target.path);
  const left = steps.filter(
    ({ name, status }) => status === 'failed' || (name === 'install' && status !== 'done'),
  );
  return [
    ...(way === '' ? [] : [`cd ${shellQuote(way)}`]),
    ...left.map((step) => step.command),
    ...storesCommand(answers),
    devCommand(answers.packageManager),
  ];
}
