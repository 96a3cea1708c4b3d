import nodePlop from 'node-plop';
import type { ProjectAnswers } from '../options/answers.ts';
import { GENERATOR, registerGenerator } from './generator.ts';
import type { Tree } from './tree.ts';

/**
 * Renders every file of the project that `answers` describe. Runs the plop generator, whose actions stage into a tree;
 * the disk is read for the package's own templates and written by nobody.
 *
 * @throws the error of the first action that failed, as it was thrown
 */
export async function renderProject(answers: ProjectAnswers): Promise<Tree> {
  const plop = await nodePlop();
  const staging = registerGenerator(plop);
  const { failures } = await plop.getGenerator(GENERATOR).runActions(answers);
  if (failures.length > 0) throw staging.error() ?? new Error(String(failures[0]?.error));
  return staging.tree();
}
