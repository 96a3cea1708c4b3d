import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Answers } from '../options/answers.ts';
import type { Workplace } from './afterwards.ts';

/** How one of the project's own checks ended. */
export interface CheckResult {
  readonly name: string;
  readonly command: string;
  readonly passed: boolean;
  /** The end of what it said, where it failed. */
  readonly output?: string;
}

/** The project's own checks before and after. */
export interface Verdict {
  readonly before: readonly CheckResult[];
  readonly after: readonly CheckResult[];
}

/** By what names people call the script that checks types; the first that is there is run. */
const TYPE_CHECKS = ['typecheck', 'type-check', 'check-types', 'check:types', 'types', 'tsc'];

/** What fails now and did not before. */
export function worse({ before, after }: Verdict): readonly CheckResult[] {
  return after.filter(
    ({ name, passed }) => !passed && before.find((one) => one.name === name)?.passed !== false,
  );
}

/**
 * Runs the project's own type check and tests, as far as its package.json has scripts for them.
 *
 * @returns how each ended; it does not throw.
 */
export async function verify(
  packageManager: Answers['packageManager'],
  { directory, env, signal }: Workplace,
): Promise<readonly CheckResult[]> {
  const scripts = scriptsOf(directory);
  const names = [
    TYPE_CHECKS.find((name) => name in scripts),
    'test' in scripts ? 'test' : undefined,
  ];
  const results: CheckResult[] = [];
  for (const name of names) {
    if (name === undefined) continue;
    const result = await execa(packageManager, ['run', name], {
      cwd: directory,
      // A test runner that finds a terminal may wait for changes.
      env: { ...env, CI: 'true' },
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      cancelSignal: signal,
      timeout: 15 * 60_000,
      reject: false,
    });
    results.push({
      name,
      command: `${packageManager} run ${name}`,
      passed: !result.failed,
      ...(result.failed && { output: result.all?.split('\n').slice(-20).join('\n') ?? '' }),
    });
  }
  return results;
}

function scriptsOf(directory: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).scripts ?? {};
  } catch {
    return {};
  }
}
