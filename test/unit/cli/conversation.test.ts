import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACK, makeAsk } from '../../../src/cli/ask.ts';
import { makePalette } from '../../../src/cli/colour.ts';
import { wrap } from '../../../src/cli/layout.ts';
import { Page } from '../../../src/cli/page.ts';
import { choiceLines, settledLines, textLines } from '../../../src/cli/question-lines.ts';
import { type Outcome, walk } from '../../../src/cli/walk.ts';
import { CancelledError } from '../../../src/errors.ts';

describe('a walk', () => {
  const script = (outcomes: readonly Outcome[]) => {
    const asked: number[] = [];
    const queue = [...outcomes];
    const steps = [0, 1, 2].map((index) => () => {
      asked.push(index);
      return queue.shift() ?? 'answered';
    });
    return { asked, steps };
  };

  test('goes forward', async () => {
    const { asked, steps } = script([]);
    expect(await walk(steps)).toBe('answered');
    expect(asked).toEqual([0, 1, 2]);
  });

  test('goes back to the last step that asked something', async () => {
    const { asked, steps } = script(['answered', 'passed', 'back', 'answered', 'answered']);
    expect(await walk(steps)).toBe('answered');
    expect(asked).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('is left backwards at its first question', async () => {
    const { asked, steps } = script(['passed', 'back']);
    expect(await walk(steps)).toBe('back');
    expect(asked).toEqual([0, 1]);
  });
});

describe('a question at a terminal', () => {
  function terminal(question: object = { type: 'text', message: 'Name?', initial: 'x' }) {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, isRaw: false, setRawMode() {} });
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const seen: string[] = [];
    stdout.on('data', (data) => seen.push(String(data)));
    const controller = new AbortController();
    const ask = makeAsk({
      stdin: stdin as unknown as ReadStream,
      stdout: stdout as unknown as WriteStream,
      page: new Page(stdout as unknown as WriteStream),
      signal: controller.signal,
      palette: makePalette(false),
    });
    const answer = ask<string>(question as Parameters<typeof ask<string>>[0]);
    return { stdin, stdout, seen, controller, answer };
  }
  const soon = () => new Promise((resolve) => setTimeout(resolve, 100));

  test('is answered', async () => {
    const { stdin, answer } = terminal();
    await soon();
    stdin.write('hello\r');
    expect(await answer).toBe('hello');
  });

  test.each([
    ['one\u0015two', 'two'],
    ['one\u0015', 'x'],
    ['one two \u0017three', 'one three'],
    ['one\u0017', 'x'],
    ['one two\u001b[D\u001b[D\u0017', 'one wo'],
    ['\u0017\u0015\u001b[3~\u001b[H\u001b[F', 'x'],
    ['ne\u001b[1~o\u001b[4~!', 'one!'],
    ['ne\u0001o\u0005!', 'one!'],
    ['wone\u001b[H\u001b[3~', 'one'],
    // Ctrl-B, Ctrl-K, Ctrl-Z, Ctrl-_, F1, Insert, Alt-x and a control character of eight bits.
    ['o\u0002\u000b\u001a\u001f\u001bOP\u001b[2~\u001bx\u009bne', 'one'],
  ])('%j edits as it does in a shell', async (keys, expected) => {
    const { stdin, answer } = terminal();
    await soon();
    stdin.write(`${keys}\r`);
    expect(await answer).toBe(expected);
  });

  test.each([
    ['\u001b[F\r', 'c'],
    ['\u001b[F\u001b[H\r', 'a'],
  ])('Home and End lead through a list', async (keys, expected) => {
    const choices = ['a', 'b', 'c'].map((value) => ({ value, title: value }));
    const { stdin, answer } = terminal({ type: 'select', message: 'Which?', choices, initial: 1 });
    await soon();
    stdin.write(keys);
    expect(await answer).toBe(expected);
  });

  test.each(['y', '\u007f', '\u0017', '\u0015'])(
    'what was wrong is said until something is typed: %j',
    async (key) => {
      const validate = (text: string) => text.includes('ok') || 'Not so.';
      const { stdin, seen, answer } = terminal({ type: 'text', message: 'Name?', validate });
      await soon();
      stdin.write('a b\r');
      await soon();
      expect(seen.at(-1)).toContain('Not so.');
      stdin.write(key);
      await soon();
      expect(seen.at(-1)).not.toContain('Not so.');
      stdin.write('ok\r');
      expect(await answer).toMatch(/ok$/);
    },
  );

  test('is drawn anew where the terminal has another size', async () => {
    const { stdin, stdout, seen, answer } = terminal({
      type: 'text',
      message: 'What is the project called?',
    });
    await soon();
    const resize = async (columns: number) => {
      stdout.columns = columns;
      stdout.emit('resize');
      await soon();
      return seen.at(-1);
    };
    expect(await resize(30)).toContain('? What is the project called?\n');
    stdin.write('api\r');
    expect(await answer).toBe('api');
    await soon();
    const before = seen.length;
    await resize(40);
    expect(seen).toHaveLength(before);
  });

  test('Esc is the way back', async () => {
    const { stdin, answer } = terminal();
    await soon();
    stdin.write('\u001b');
    expect(await answer).toBe(BACK);
  });

  test.each(['\u0003', '\u0004'])('Ctrl-C and Ctrl-D leave', async (key) => {
    const { stdin, answer } = terminal();
    const left = expect(answer).rejects.toThrow(CancelledError);
    await soon();
    stdin.write(key);
    await left;
  });

  test('the end of the input leaves, and does not hang', async () => {
    const { stdin, answer } = terminal();
    const left = expect(answer).rejects.toThrow(CancelledError);
    await soon();
    stdin.end();
    await left;
  });

  test('a signal leaves', async () => {
    const { controller, answer } = terminal();
    const left = expect(answer).rejects.toThrow(CancelledError);
    await soon();
    controller.abort();
    await left;
  });
});

describe('a page', () => {
  function page(columns: number) {
    const written: string[] = [];
    const out = { columns, rows: 20, write: (text: string) => written.push(text) > 0 };
    const last = () => written.at(-1)?.replaceAll('\u001b[', '^');
    return { page: new Page(out as unknown as WriteStream), last, out };
  }

  test('draws an open question over what it drew before', () => {
    const { page: one, last } = page(80);
    one.draw(['? a', '> b']);
    one.draw(['? a', '> c']);
    expect(last()).toBe('^1A\r^J? a\n> c\r^?25l');
    // From where the cursor stands in it.
    one.draw(['? a', 'wrong'], { row: 0, column: 3 });
    one.draw(['? ab']);
    expect(last()).toBe('\r^J? ab\r^?25l');
  });

  test('finds the cursor again in a terminal that was made narrower', () => {
    const { page: one, last, out } = page(80);
    one.draw(['some question', '› and an answer'], { row: 1, column: 15 });
    out.columns = 10;
    one.draw(['?']);
    expect(last()).toBe('^3A\r^J?\r^?25l');
  });

  test('takes back what was settled, in the rows that it takes, and not what is kept', () => {
    const { page: one, last } = page(10);
    one.add(['kept']);
    const release = one.keep();
    one.add(['\u001b[1mtwelve chars\u001b[22m', '']);
    one.rewind(0);
    expect(last()).toBe('^3A\r^J');
    expect(one.settled).toBe(1);
    release();
    one.rewind(0);
    expect(one.settled).toBe(0);
  });
});

describe('the lines of a question', () => {
  const plain = makePalette(false);
  const choices = ['one', 'two', 'three'].map((title) => ({
    title,
    description: `cost of ${title}`,
  }));

  test('hold every cost where there is room, and else that of the one under the cursor', () => {
    const shown = (height: number) =>
      choiceLines({ message: 'Which?' }, choices, 1, { width: 40, height }, plain);
    expect(shown(8).filter((line) => line.includes('cost'))).toHaveLength(3);
    expect(shown(7)).toEqual(['', '? Which?', '  one', '❯ two', '    cost of two', '  three']);
    expect(shown(5)).toEqual(['', '? Which?', '❯ two', '    cost of two', '  three']);
  });

  test('say how many choices there are above and below', () => {
    const many = 'abcdefg'.split('').map((title) => ({ title, selected: true }));
    const shown = (cursor: number) =>
      choiceLines({ message: 'Which?' }, many, cursor, { width: 40, height: 7 }, plain).slice(2);
    expect(shown(0)).toEqual(['❯ ◉ a', '  ◉ b', '  ◉ c', '  ◉ d', '  ↓ 3 more']);
    expect(shown(3)).toEqual(['  ↑ 2 more', '  ◉ c', '❯ ◉ d', '  ◉ e', '  ↓ 2 more']);
    expect(shown(6)).toEqual(['  ↑ 3 more', '  ◉ d', '  ◉ e', '  ◉ f', '❯ ◉ g']);
  });

  test('go on under the title, behind its label', () => {
    const labelled = [{ title: 'Label  one two three four' }, { title: 'Other  five' }];
    const heading = { message: 'Which?', hang: 7 };
    expect(choiceLines(heading, labelled, 0, { width: 20, height: 20 }, plain).slice(2)).toEqual([
      '❯ Label  one two',
      '         three four',
      '  Other  five',
    ]);
  });

  test('are never wider than the terminal, whatever is asked, typed and wrong', () => {
    const words = fc.array(fc.string({ minLength: 1, maxLength: 9 }), { maxLength: 20 });
    const sentence = words.map((list) => list.join(' ').replaceAll(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(sentence, fc.string({ maxLength: 200 }), fc.nat(), (message, typed, place) => {
        const cursor = place % (typed.length + 1);
        const text = { text: typed, placeholder: false, cursor };
        const drawn = textLines({ message }, text, message, { width: 40, height: 20 }, plain);
        for (const line of drawn.lines) expect(line.length).toBeLessThanOrEqual(40);
        expect(drawn.cursor.row).toBeLessThan(drawn.lines.length);
        expect(drawn.cursor.column).toBeLessThanOrEqual(40);
        for (const line of settledLines('✔', message, message, 40, plain)) {
          expect(line.length).toBeLessThanOrEqual(40);
        }
      }),
    );
  });
});

describe('wrapping', () => {
  test('breaks between words, and leaves long ones whole', () => {
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']);
    expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
    expect(wrap('', 10)).toEqual(['']);
  });
});
