import { execa } from 'execa';
import type { Answers } from '../options/answers.ts';
import type { Outcome, Workplace } from './afterwards.ts';
import { installCommand } from './by-hand.ts';

/**
 * Installs the project's dependencies. What that says goes straight to the person, or is kept where progress is shown
 * otherwise: of a success only what it found unsafe, of a failure all of it.
 *
 * @returns how it went; it does not throw.
 */
export async function install(
  packageManager: Answers['packageManager'],
  { directory, env, signal, output, showsProgress = false }: Workplace,
): Promise<Outcome> {
  const command = installCommand(packageManager);
  const [program = packageManager, ...args] = command.split(' ');
  const result = await execa(program, args, {
    cwd: directory,
    env,
    extendEnv: false,
    // No input: a package manager that asks something would wait for ever.
    stdio: showsProgress ? ['ignore', 'pipe', 'pipe'] : ['ignore', output, 2],
    all: true,
    cancelSignal: signal,
    reject: false,
  });
  const said = result.all ?? '';
  if (!result.failed) {
    const unsafe = said.split('\n').find((line) => /^[1-9].*\bvulnerabilit/.test(line));
    return { status: 'done', command, ...(unsafe !== undefined && { note: unsafe }) };
  }
  const note =
    result.code === 'ENOENT'
      ? `${program} is not installed`
      : signal.aborted || result.signal === 'SIGINT'
        ? 'it was stopped'
        : `${program} left with ${result.exitCode ?? result.signal ?? result.code}`;
  return { status: 'failed', command, note, ...(said !== '' && { output: said }) };
}
