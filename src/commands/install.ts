import { execa } from 'execa';
import type { Answers } from '../options/answers.ts';
import type { Outcome, Workplace } from './afterwards.ts';
import { installCommand } from './by-hand.ts';

/**
 * Installs the project's dependencies; its output goes straight to the person.
 *
 * @returns how it went; it does not throw.
 */
export async function install(
  packageManager: Answers['packageManager'],
  { directory, env, signal, output }: Workplace,
): Promise<Outcome> {
  const command = installCommand(packageManager);
  const [program = packageManager, ...args] = command.split(' ');
  const result = await execa(program, args, {
    cwd: directory,
    env,
    extendEnv: false,
    // No input: a package manager that asks something would wait for ever.
    stdio: ['ignore', output, 2],
    cancelSignal: signal,
    reject: false,
  });
  if (!result.failed) return { status: 'done', command };
  const note =
    result.code === 'ENOENT'
      ? `${program} is not installed`
      : signal.aborted || result.signal === 'SIGINT'
        ? 'it was stopped'
        : `${program} left with ${result.exitCode ?? result.signal ?? result.code}`;
  return { status: 'failed', command, note };
}
