import { InputError } from '../errors.ts';
import type { Answers, ProjectAnswers } from '../options/answers.ts';
import { applies, type OptionName } from '../options/option.ts';
import { type Given, type GivenAnswers, resolveAnswers } from '../options/resolve.ts';
import { options } from '../options/schema.ts';
import { MANIFEST } from '../record-paths.ts';
import type { ProjectRecord } from './record.ts';

/** The part of a record that has to do with answers. */
type Recorded = Pick<ProjectRecord, 'answers' | 'formerHashes' | 'formerDatabase'>;

/**
 * The answers that a project is to have: those that were recorded, and over them what is given now. A recorded one
 * that no longer applies is dropped, and one that applies only now has its default.
 *
 * @throws {InputError} for an answer that cannot be used, or that would leave the users behind.
 */
export function renewAnswers(record: ProjectRecord, given: GivenAnswers): ProjectAnswers {
  const recorded = answersOf(record, new Map());
  const answers = answersOf(record, given);
  const isMovable = answers.database === 'postgres' && record.host === undefined;
  if (answers.database !== recorded.database && !isMovable) {
    throw new InputError({
      code: 'other-database',
      message: `This project keeps its users in ${recorded.database}, and nothing moves them to ${answers.database}`,
      where: '--database',
      mend: `Make a new project with --database ${answers.database}, and move the rows of users into it.`,
    });
  }
  return withPast(record, recorded, answers);
}

/** The answers that were recorded, as this version understands them. */
export function recordedAnswers(record: Recorded): ProjectAnswers {
  const answers = answersOf(record, new Map());
  return withPast(record, answers, answers);
}

/** The answers, with what is still there from others before them. */
function withPast(record: Recorded, before: Answers, answers: Answers): ProjectAnswers {
  const formerHashes = formerHashesOf(record, before.hash, answers.hash);
  const moves = before.database === 'sqlite' || record.formerDatabase !== undefined;
  return {
    ...answers,
    ...(formerHashes.length > 0 && { formerHashes }),
    ...(answers.database === 'postgres' && moves && { formerDatabase: 'sqlite' }),
  };
}

function answersOf({ answers }: Recorded, given: GivenAnswers): Answers {
  const merged = new Map<OptionName, Given>();
  const known: { [Name in OptionName]?: unknown } = {};
  for (const option of options) {
    // Whether to install or commit is a matter of one run.
    const isOfTheRun = option.kind.id === 'switch';
    const old = Object.hasOwn(answers, option.name)
      ? { value: answers[option.name], where: `${option.name} in ${MANIFEST}` }
      : undefined;
    const value = isOfTheRun ? old : (given.get(option.name) ?? old);
    if (value === undefined) continue;
    const isOld = value === old;
    if (isOld && applies(option, known) === false) continue;
    merged.set(option.name, value);
    known[option.name] = value.value;
  }
  return resolveAnswers(merged, { packageManager: 'npm' });
}

/** A password that was hashed with an algorithm is of that one until its owner signs in. */
function formerHashesOf(
  record: Recorded,
  before: Answers['hash'],
  now: Answers['hash'],
): readonly Answers['hash'][] {
  const kind = options.find(({ name }) => name === 'hash')?.kind;
  const known = kind?.id === 'choice' ? kind.offered.map(({ value }) => value) : [];
  const former = new Set([...record.formerHashes, before].filter((hash) => known.includes(hash)));
  former.delete(now);
  return [...former].sort() as Answers['hash'][];
}
