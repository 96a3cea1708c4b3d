import { ExplainedError } from '../errors.ts';
import type { Choice } from '../options/kinds/choice.ts';
import { type Ask, BACK } from './ask.ts';

/** What is asked, and what is at stake. */
export interface Asked {
  readonly message: string;
  readonly risk?: string | undefined;
  /** Whether the answer is a detour of which nothing stays on the screen. */
  readonly passing?: boolean;
  /** How far in a title goes on that takes several lines: behind a label. */
  readonly hang?: number;
}

/** One of a few: what it is called, and what it costs. */
export interface Offered<Value extends string>
  extends Pick<Choice<Value>, 'value' | 'title' | 'cost'> {
  /** What stands behind its title, such as `recommended`. */
  readonly mark?: string | undefined;
}

/** Asks for one of a few; what each costs is shown under it. */
export async function askChoice<Value extends string>(
  ask: Ask,
  { message, risk, passing = false, hang = 0 }: Asked,
  choices: readonly Offered<Value>[],
  current: unknown,
): Promise<Value | typeof BACK> {
  const index = choices.findIndex(({ value }) => value === current);
  return ask<Value>({
    type: 'select',
    message,
    risk,
    hang,
    initial: Math.max(0, index),
    choices: choices.map(({ value, title, cost, mark }) => ({
      value,
      title: mark === undefined ? title : `${title} (${mark})`,
      description: cost,
    })),
    ...(!passing && {
      settled: (value) => choices.find((choice) => choice.value === value)?.title ?? value,
    }),
  });
}

/**
 * Asks for a line of text.
 *
 * @param check throws an `ExplainedError` for text that cannot be used; the person sees it and can mend it.
 */
export async function askText(
  ask: Ask,
  { message, risk }: Asked,
  initial: string,
  check: (text: string) => void,
  {
    hint,
    heard,
    settled = (text) => text,
  }: {
    readonly hint?: string;
    /** Hears each change of what is typed. */
    readonly heard?: (text: string) => void;
    readonly settled?: (text: string) => string;
  } = {},
): Promise<string | typeof BACK> {
  return ask<string>({
    type: 'text',
    message,
    risk,
    initial,
    settled,
    validate: (text: string) => complaintOf(() => check(text)) ?? true,
    ...(hint !== undefined && { hint }),
    ...(heard !== undefined && { onState: ({ value }: { value: string }) => heard(value) }),
  });
}

/** What is wrong, and the mend. */
function complaintOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    const { message, where, mend = '' } = error;
    // Which question it is about is plain.
    const prefix = `${where}: `;
    const said = message.startsWith(prefix) ? message.slice(prefix.length) : message;
    return `${said}. ${mend}`.trim();
  }
}

/**
 * Asks for origins, with commas or spaces between them. A slash behind one is taken off: people copy addresses.
 *
 * @param check throws an `ExplainedError` for a list that cannot be used.
 * @returns the list; empty for none.
 */
export async function askOrigins(
  ask: Ask,
  asked: Asked,
  current: readonly string[],
  check: (origins: readonly string[]) => void,
): Promise<readonly string[] | typeof BACK> {
  // What was typed is offered again after a step back.
  let draft = current.join(', ');
  for (;;) {
    const some = await askChoice(ask, asked, NONE_OR_SOME, draft === '' ? 'none' : 'some');
    if (some === BACK) return BACK;
    if (some === 'none') return [];
    const text = await askText(
      ask,
      { message: 'Which origins?', risk: asked.risk },
      draft,
      (typed) => {
        const origins = originsIn(typed);
        // An empty line is no list.
        check(origins.length === 0 ? [''] : origins);
      },
      {
        hint:
          draft === ''
            ? 'Such as https://app.example.com, https://*.example.com: with commas between them.'
            : 'Enter takes what is there, Tab lets you edit it.',
        heard: (typed) => {
          if (typed !== '') draft = typed;
        },
        settled: (typed) => originsIn(typed).join(', '),
      },
    );
    if (text !== BACK) return originsIn(text);
  }
}

const NONE_OR_SOME = [
  {
    value: 'none',
    title: 'None',
    mark: 'recommended',
    cost: 'browsers call it from its own origin only; apps and servers are not affected',
  },
  {
    value: 'some',
    title: 'These…',
    cost: 'exact origins such as https://app.example.com, or https://*.example.com',
  },
] as const;

function originsIn(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .filter((origin) => origin !== '')
    .map((origin) => origin.replace(/^(https?:\/\/[^/]+)\/$/, '$1'));
}
