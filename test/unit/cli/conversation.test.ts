import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { BACK, makeAsk } from '../../../src/cli/ask.ts';
import { wrap } from '../../../src/cli/layout.ts';
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
  function terminal() {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, isRaw: false, setRawMode() {} });
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    stdout.resume();
    const controller = new AbortController();
    const ask = makeAsk({
      stdin: stdin as unknown as ReadStream,
      stdout: stdout as unknown as WriteStream,
      signal: controller.signal,
      colour: false,
    });
    const answer = ask<string>({ type: 'text', message: 'Name?', initial: 'x' });
    return { stdin, controller, answer };
  }
  const soon = () => new Promise((resolve) => setTimeout(resolve, 100));

  test('is answered', async () => {
    const { stdin, answer } = terminal();
    await soon();
    stdin.write('hello\r');
    expect(await answer).toBe('hello');
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

  test('a signal leaves, even after an Esc that was typed before it', async () => {
    const { controller, answer } = terminal();
    const left = expect(answer).rejects.toThrow(CancelledError);
    await soon();
    controller.abort();
    await left;
  });
});

describe('wrapping', () => {
  test('breaks between words, and leaves long ones whole', () => {
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']);
    expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
    expect(wrap('', 10)).toEqual(['']);
  });
});
