import { resolve } from 'node:path';
import type { RegenerateRequest } from '../commands/regenerate.ts';
import { askedFor, readPlan } from '../commands/saved-plan.ts';
import type { CommandLine } from './command-line.ts';
import { gatherAnswers } from './gather.ts';

/**
 * Puts together what was asked for: by flags and the answers file, or by a saved plan.
 *
 * @throws {InputError} when a file cannot be used.
 */
export function gatherRegeneration(line: CommandLine): RegenerateRequest {
  const { cwd, modules, onConflict, dryRun, verify } = line;
  const run = { cwd, dryRun, verify, install: line.given.get('install')?.value !== false };
  if (line.apply !== undefined) {
    const saved = readPlan(resolve(line.apply));
    return { ...run, ...askedFor(saved, line.apply), saved };
  }
  const savePlanTo = line.plan === undefined ? undefined : resolve(line.plan);
  return { ...run, given: gatherAnswers(line), modules, onConflict, savePlanTo };
}
