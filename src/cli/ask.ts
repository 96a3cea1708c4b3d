import type { ReadStream, WriteStream } from 'node:tty';
import type { PromptObject } from 'prompts';
import { CancelledError } from '../errors.ts';
import type { Palette } from './colour.ts';
import { addListKeys, addTextKeys, type EditableElement } from './editing-keys.ts';
import type { Page } from './page.ts';
import { choiceLines, type ShownChoice, settledLines, textLines } from './question-lines.ts';

const BELL = '\u0007';

/** What `ask` answers when the person wants the question before this one. */
export const BACK = Symbol('back');

/** One question, in the words of the `prompts` package. */
export type Question<Value> = Omit<PromptObject<'value'>, 'name' | 'message' | 'hint'> & {
  readonly message: string;
  readonly hint?: string;
  /** What is at stake; shown as long as the question is open. */
  readonly risk?: string | undefined;
  /** How far in the title of a choice goes on that takes several lines. */
  readonly hang?: number | undefined;
  /** The answer in the line that stays; without it, nothing stays. */
  readonly settled?: (value: Value) => string;
};

/**
 * Asks one question.
 *
 * @returns the answer, or `BACK` after Esc.
 * @throws {CancelledError} after Ctrl-C, Ctrl-D, a signal, or the end of the input.
 */
export type Ask = <Value>(question: Question<Value>) => Promise<Value | typeof BACK>;

export interface AskingTerminal {
  readonly stdin: ReadStream;
  /** What the page is drawn on. */
  readonly stdout: WriteStream;
  readonly page: Page;
  readonly signal: AbortSignal;
  readonly palette: Palette;
}

/** What `prompts` calls `onRender` with: its element, which holds everything that there is to draw. */
interface PromptElement extends EditableElement {
  readonly abort: () => void;
  readonly done?: boolean;
  readonly choices?: readonly ShownChoice[];
  readonly placeholder?: boolean;
  readonly initial?: string;
  readonly errorMsg?: string;
}

/** Asks at a terminal: `prompts` hears the keys and checks the answer, the page shows it. */
export function makeAsk({ stdin, stdout, page, signal, palette }: AskingTerminal): Ask {
  return async <Value>({ risk, hang, settled, ...question }: Question<Value>) => {
    const prompts = (await import('prompts')).default;
    let cancelled = false;
    let lastKey: string | undefined;
    let element: PromptElement | undefined;
    const draw = () => {
      if (element !== undefined && element.done !== true) {
        drawQuestion({ ...question, risk, hang }, element, page, palette);
      }
    };

    // To prompts, Esc and Ctrl-C are the same: the key itself tells them apart.
    const hear = (_: unknown, key: { readonly name?: string } | undefined) => {
      lastKey = key?.name;
    };
    const stop = () => {
      lastKey = undefined;
      element?.abort();
    };
    stdin.on('keypress', hear);
    stdout.on('resize', draw);
    // prompts waits for ever on an input that has ended.
    stdin.once('end', stop);
    signal.addEventListener('abort', stop);
    try {
      const reply = await prompts(
        {
          ...question,
          name: 'value',
          stdin,
          // What prompts draws breaks within words, and cannot be taken back.
          stdout: muted(stdout),
          onRender(this: PromptElement) {
            if (element === undefined) {
              (question.type === 'text' ? addTextKeys : addListKeys)(this);
            }
            element = this;
            draw();
          },
        },
        {
          onCancel: () => {
            cancelled = true;
          },
        },
      );
      page.close();
      const settle = (mark: string, answer: string) =>
        page.add(settledLines(mark, question.message, answer, page.width, palette));
      if (!cancelled) {
        if (settled !== undefined) settle(palette.green('✔'), settled(reply.value));
        return reply.value as Value;
      }
      if (lastKey === 'escape') {
        // The question before this one is asked again: its answer no longer stands.
        if (settled !== undefined) page.rewind(page.settled - 1);
        return BACK;
      }
      settle(palette.red('✖'), '');
      throw new CancelledError();
    } finally {
      stdin.off('keypress', hear);
      stdout.off('resize', draw);
      stdin.off('end', stop);
      signal.removeEventListener('abort', stop);
    }
  };
}

function drawQuestion(
  question: Pick<Question<unknown>, 'type' | 'message' | 'hint' | 'risk' | 'hang'>,
  element: PromptElement,
  page: Page,
  palette: Palette,
): void {
  const { cursor, value, choices } = element;
  if (question.type !== 'text') {
    const shown = choices ?? (value as readonly ShownChoice[]);
    page.draw(choiceLines(question, shown, cursor, page, palette));
    return;
  }
  const { placeholder = false, initial = '', red = false, errorMsg } = element;
  const text = placeholder ? initial : String(value);
  const typed = { text, placeholder, cursor };
  const drawn = textLines(question, typed, red ? errorMsg : undefined, page, palette);
  page.draw(drawn.lines, drawn.cursor);
}

/** A terminal that shows nothing, and rings only. */
function muted(stdout: WriteStream): WriteStream {
  return {
    write: (text: string) => {
      if (text === BELL) stdout.write(BELL);
      return true;
    },
  } as WriteStream;
}
