import { planHost } from '../host/host-plan.ts';
import type { Reason } from '../merge/reasons.ts';
import type { HostRecord, ProjectRecord } from '../merge/record.ts';
import { renewAnswers } from '../merge/renewed-answers.ts';
import { openHost } from './host-changes.ts';
import { isChange, type Regeneration, type RegenerationRequest } from './regeneration.ts';

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
  const answers = renewAnswers(record, given);
  const changes = await planHost({ root, record, answers, modules, host, onConflict });
  const reason: Reason = { kind: given.size > 0 ? 'answers' : 'maintenance' };
  const changed = changes.filter(isChange).map(({ path }) => path);
  const own = changed.filter((path) => !path.startsWith('.secure-express/'));
  return {
    root,
    answers,
    changes,
    reasons: new Map(own.map((path) => [path, [reason]])),
    byHand: [],
  };
}
