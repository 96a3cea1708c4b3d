import type { ReadStream, WriteStream } from 'node:tty';
import type { PromptObject } from 'prompts';
import { CancelledError } from '../errors.ts';

const ERASE_LAST_LINE = '\u001b[1A\u001b[2K';

/** What `ask` answers when the person wants the question before this one. */
export const BACK = Symbol('back');

/** One question, in the words of the `prompts` package. */
export type Question = Omit<PromptObject<'value'>, 'name'> & { readonly optionsPerPage?: number };

/**
 * Asks one question.
 *
 * @returns the answer, or `BACK` after Esc.
 * @throws {CancelledError} after Ctrl-C, Ctrl-D, a signal, or the end of the input.
 */
export type Ask = <Value>(question: Question) => Promise<Value | typeof BACK>;

export interface AskingTerminal {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly signal: AbortSignal;
  readonly colour: boolean;
}

/** What `prompts` calls `onRender` with: its element, which is the only way to end a question from outside. */
interface PromptElement {
  abort: () => void;
}

/** Asks at a terminal, with `prompts`. */
export function makeAsk({ stdin, stdout, signal, colour }: AskingTerminal): Ask {
  return async <Value>(question: Question) => {
    const prompts = await loadPrompts(colour);
    let cancelled = false;
    let lastKey: string | undefined;
    let element: PromptElement | undefined;

    // To prompts, Esc and Ctrl-C are the same: the key itself tells them apart.
    const hear = (_: unknown, key: { readonly name?: string } | undefined) => {
      lastKey = key?.name;
    };
    const stop = () => {
      lastKey = undefined;
      element?.abort();
    };
    stdin.on('keypress', hear);
    // prompts waits for ever on an input that has ended.
    stdin.once('end', stop);
    signal.addEventListener('abort', stop);
    try {
      const reply = await prompts(
        {
          ...question,
          name: 'value',
          stdin,
          stdout,
          onRender(this: PromptElement) {
            element = this;
          },
        },
        {
          onCancel: () => {
            cancelled = true;
          },
        },
      );
      if (!cancelled) return reply.value as Value;
      if (lastKey === 'escape') {
        // prompts has crossed the question out, as if that were a failure.
        stdout.write(`${ERASE_LAST_LINE}${colour ? '\u001b[2m↶ back\u001b[22m' : '↶ back'}\n`);
        return BACK;
      }
      throw new CancelledError();
    } finally {
      stdin.off('keypress', hear);
      stdin.off('end', stop);
      signal.removeEventListener('abort', stop);
    }
  };
}

async function loadPrompts(colour: boolean) {
  // prompts looks at this variable while it loads, and at no other that people use.
  if (!colour) process.env.NODE_DISABLE_COLORS = '1';
  return (await import('prompts')).default;
}
