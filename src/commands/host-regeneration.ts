import { planHost } from '../host/host-plan.ts';
import type { HostRecord, ProjectRecord } from '../merge/record.ts';
import { recordedAnswers, renewAnswers } from '../merge/renewed-answers.ts';
import { openHost } from './host-changes.ts';
import { explain, type Regeneration, type RegenerationRequest } from './regeneration.ts';

/**
 * Plans how what was added to a repo is brought up to today's templates and to the answers that are given.
 *
 * @throws as adding does.
 */
export async function planHostRegeneration(
  { root, given, onConflict }: RegenerationRequest,
  record: ProjectRecord,
  { modules, shape }: HostRecord,
): Promise<Regeneration> {
  const { host } = openHost(root, shape.packageManager);
  const request = { root, record, modules, host, onConflict };
  const before = recordedAnswers(record);
  const answers = renewAnswers(record, given);
  const { changes, tree: wanted } = await planHost({ ...request, answers });
  const isSame = JSON.stringify(before) === JSON.stringify(answers);
  const renewed = isSame ? wanted : (await planHost({ ...request, answers: before })).tree;
  const reasons = explain(changes, { record, wanted, renewed });
  return { root, answers, changes, reasons, byHand: [] };
}
