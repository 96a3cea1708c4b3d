import { ExplainedError } from '../errors.ts';
import type { Choice } from '../options/kinds/choice.ts';
import { type Ask, BACK } from './ask.ts';

const SELECT_HINT = 'Enter chooses, Esc goes back';

/** Asks for one of a few; the cost of the one under the cursor is shown beside it. */
export async function askChoice<Value extends string>(
  ask: Ask,
  message: string,
  choices: readonly Pick<Choice<Value>, 'value' | 'title' | 'cost'>[],
  current: unknown,
): Promise<Value | typeof BACK> {
  const index = choices.findIndex(({ value }) => value === current);
  return ask<Value>({
    type: 'select',
    message,
    hint: SELECT_HINT,
    initial: Math.max(0, index),
    choices: choices.map(({ value, title, cost }) => ({ value, title, description: cost })),
  });
}

/**
 * Asks for a line of text.
 *
 * @param check throws an `ExplainedError` for text that cannot be used; the person sees it and can mend it.
 */
export async function askText(
  ask: Ask,
  message: string,
  initial: string,
  check: (text: string) => void,
): Promise<string | typeof BACK> {
  return ask<string>({
    type: 'text',
    message,
    initial,
    validate: (text: string) => complaintOf(() => check(text), process.stdout.columns) ?? true,
  });
}

/** What is wrong and the mend, on one line: prompts cannot clear away a complaint of two. */
function complaintOf(check: () => void, width: number): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    const mend = error.mend ?? '';
    const full = `${error.message}. ${mend}`.trim();
    const room = width - 3;
    return full.length <= room || mend === '' ? full.slice(0, room) : mend.slice(0, room);
  }
}

/**
 * Asks for origins, one at a time; several with commas between them may be pasted at once.
 *
 * @param check throws an `ExplainedError` for a list that cannot be used.
 * @returns the list; empty for none.
 */
export async function askOrigins(
  ask: Ask,
  message: string,
  current: readonly string[],
  check: (origins: readonly string[]) => void,
): Promise<readonly string[] | typeof BACK> {
  for (;;) {
    const some = await askChoice(ask, message, NONE_OR_SOME, current.length > 0 ? 'some' : 'none');
    if (some === BACK) return BACK;
    if (some === 'none') return [];
    const origins = await askEachOrigin(ask, current, check);
    if (origins !== BACK) return origins;
  }
}

const NONE_OR_SOME = [
  {
    value: 'none',
    title: 'None',
    cost: 'browsers call it from its own origin only; apps and servers are not affected',
  },
  {
    value: 'some',
    title: 'These…',
    cost: 'exact origins such as https://app.example.com, or https://*.example.com',
  },
] as const;

async function askEachOrigin(
  ask: Ask,
  current: readonly string[],
  check: (origins: readonly string[]) => void,
): Promise<readonly string[] | typeof BACK> {
  const origins: string[] = [];
  for (;;) {
    const suggested = current.find((origin) => !origins.includes(origin)) ?? '';
    const message =
      origins.length === 0
        ? 'Origin'
        : `Another origin ${suggested === '' ? '(Enter when done)' : ''}`;
    const text = await askText(
      ask,
      message.trim(),
      origins.length === current.length ? '' : suggested,
      (typed) => check([...origins, ...split(typed)]),
    );
    if (text === BACK) {
      if (origins.length === 0) return BACK;
      origins.pop();
      continue;
    }
    if (text === '') return origins;
    origins.push(...split(text));
  }
}

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((origin) => origin !== '');
}
