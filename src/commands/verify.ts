import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { folderAt } from '../host/host-files.ts';
import { parsePackageJson } from '../host/parse-package-json.ts';
import type { Answers } from '../options/answers.ts';
import type { Workplace } from './afterwards.ts';

/** How one of the project's own checks ended. */
export interface CheckResult {
  readonly name: string;
  readonly command: string;
  readonly passed: boolean;
  /** The first of what it said to be wrong, where it failed. */
  readonly output?: string;
}

/** When a check is run: without the change, or with it. */
export type When = 'before' | 'after';

/** Hears of a check as it begins and as it ends; the command as a person would type it. */
export interface CheckListener {
  readonly checkBegins?: (command: string, when: When) => void;
  readonly checkEnds?: (result: CheckResult, when: When, elapsedMs: number) => void;
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
  when: When,
  { checkBegins, checkEnds }: CheckListener = {},
): Promise<readonly CheckResult[]> {
  const scripts = scriptsOf(directory);
  const names = [
    TYPE_CHECKS.find((name) => name in scripts),
    'test' in scripts ? 'test' : undefined,
  ];
  const results: CheckResult[] = [];
  for (const name of names) {
    if (name === undefined) continue;
    const command = `${packageManager} run ${name}`;
    checkBegins?.(command, when);
    const started = performance.now();
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
    const check: CheckResult = {
      name,
      command,
      passed: !result.failed,
      ...(result.failed && { output: firstFailure(result.all ?? '') }),
    };
    results.push(check);
    checkEnds?.(check, when, Math.round(performance.now() - started));
  }
  return results;
}

const SHOWN = 12;

/** From the first line that tells of a failure; the end, where none does. */
function firstFailure(output: string): string {
  const lines = stripVTControlCharacters(output)
    .trimEnd()
    .split(/\r?\n/)
    // Package managers begin with what they run.
    .filter((line) => !/^[>$] /.test(line));
  const at = lines.findIndex((line) =>
    /\b(error|fail(ed|s|ure)?|not ok|exception)\b|\bTS\d{4}\b|[✖✗×]/i.test(line),
  );
  return (at < 0 ? lines.slice(-SHOWN) : lines.slice(at, at + SHOWN)).join('\n');
}

function scriptsOf(directory: string): Readonly<Record<string, unknown>> {
  return parsePackageJson(folderAt(directory).read('package.json'))?.scripts ?? {};
}
