import { execa } from 'execa';

/** npm did not get from the registry what it was to ask for. */
export class NoAnswer extends Error {}

/** Runs npm in a folder. */
export async function runNpm(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }> {
  const { stdout, stderr, exitCode = 1 } = await execa('npm', args, { cwd, env, reject: false });
  return { stdout, stderr, exitCode };
}

/**
 * Runs npm in a folder, where nothing but success will do.
 *
 * @returns what it prints
 * @throws {NoAnswer} with what it says, where it fails
 */
export async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runNpm(cwd, args);
  if (exitCode !== 0) throw new NoAnswer(`npm ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}
