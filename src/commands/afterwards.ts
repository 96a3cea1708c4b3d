import type { Answers } from '../options/answers.ts';
import { GIT_BY_HAND, installCommand } from './by-hand.ts';

/** What became of one step after the commit. None is fatal: the project is there. */
export interface Step {
  readonly name: 'install' | 'git';
  readonly status: 'done' | 'skipped' | 'failed';
  /** What to type to do it by hand. */
  readonly command: string;
  /** Why it was skipped or failed, or what else a person should know. */
  readonly note?: string;
  /** What a program said that failed, where that was kept and not shown at once. */
  readonly output?: string;
  readonly elapsedMs: number;
}

/** What a step tells about itself when it ends. */
export type Outcome = Omit<Step, 'name' | 'elapsedMs'>;

/** Where steps run, and what stops them. */
export interface Workplace {
  /** The project. */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** The file descriptor that the output of installing goes to. */
  readonly output: 1 | 2;
  readonly showsProgress?: boolean;
}

/** Hears of a step as it begins and as it ends. */
export interface StepListener {
  /** Whether it shows by itself that a step goes on: what installing says is then kept, and told where it fails. */
  readonly showsProgress?: boolean;
  readonly stepBegins: (name: Step['name'], command: string) => void;
  readonly stepEnds: (step: Step) => void;
}

/**
 * Installs and makes the first commit, as far as the answers want them.
 *
 * @param secrets paths of the project that are never committed.
 * @returns the steps in the order in which they ran; it does not throw.
 */
export async function afterwards(
  answers: Answers,
  secrets: readonly string[],
  workplace: Workplace,
  listener: StepListener,
): Promise<readonly Step[]> {
  // Install first: the lock file belongs to the first commit.
  const { install, packageManager, git } = answers;
  const commit: PlannedStep = {
    name: 'git',
    wanted: git,
    command: GIT_BY_HAND,
    run: async () => (await import('./git.ts')).firstCommit(secrets, workplace),
  };
  return [
    await takeInstall(install, packageManager, workplace, listener),
    await take(commit, workplace.signal, listener),
  ];
}

/**
 * Installs, where that is wanted.
 *
 * @returns how it went; it does not throw.
 */
export function takeInstall(
  wanted: boolean,
  packageManager: Answers['packageManager'],
  workplace: Workplace,
  listener: StepListener,
): Promise<Step> {
  const planned: PlannedStep = {
    name: 'install',
    wanted,
    command: installCommand(packageManager),
    run: async () => (await import('./install.ts')).install(packageManager, workplace),
  };
  return take(planned, workplace.signal, listener);
}

interface PlannedStep {
  readonly name: Step['name'];
  readonly wanted: boolean;
  readonly command: string;
  readonly run: () => Promise<Outcome>;
}

async function take(
  { name, wanted, command, run }: PlannedStep,
  signal: AbortSignal,
  listener: StepListener,
): Promise<Step> {
  if (!wanted) return { name, status: 'skipped', command, note: `--no-${name}`, elapsedMs: 0 };
  if (signal.aborted) {
    const step: Step = { name, status: 'failed', command, note: 'it was stopped', elapsedMs: 0 };
    listener.stepEnds(step);
    return step;
  }
  listener.stepBegins(name, command);
  const started = performance.now();
  const outcome = await run();
  const step = { name, ...outcome, elapsedMs: Math.round(performance.now() - started) };
  listener.stepEnds(step);
  return step;
}
