import { checkContent } from './content.ts';
import { checkCommands, checkReach } from './files.ts';
import { checkForeignWords } from './foreign-words.ts';
import { checkDependencies, checkExports, checkImports } from './modules.ts';
import type { Check } from './problem.ts';
import { checkEnvironment, checkRecord } from './record.ts';

/** Every way to look at one rendered project. */
export const CHECKS: readonly Check[] = [
  checkContent,
  checkImports,
  checkDependencies,
  checkExports,
  checkReach,
  checkCommands,
  checkForeignWords,
  checkRecord,
  checkEnvironment,
];
