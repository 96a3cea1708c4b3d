import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, execaSync } from 'execa';
import { onTestFinished } from 'vitest';
import { bin, quietEnvironment } from './program.ts';

/** Why no test can use a terminal here; undefined where one can. */
export const noTerminal: string | undefined = execaSync('tmux', ['-V'], { reject: false }).failed
  ? 'SKIPPED, nothing about prompts is proven: tmux is not installed'
  : undefined;

/** The program in a real terminal, with a person's keys. */
export interface Terminal {
  /** Types text, or presses keys by tmux's names for them, such as `Enter`. */
  readonly type: (text: string) => Promise<void>;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Waits until the screen holds the text; fails with the screen when it does not. */
  readonly see: (text: string | RegExp) => Promise<string>;
  /** Waits for the program to end. */
  readonly exitCode: () => Promise<number>;
  /** Sends a signal to the program itself. */
  readonly kill: (signal: string) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  readonly cursorIsShown: () => Promise<boolean>;
}

interface TerminalOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly columns?: number;
  /** Taller than any run, where nothing else is said: all of it can be seen at once. */
  readonly rows?: number;
}

/** Starts the program in a terminal of its own, which is gone after the test. */
export async function openTerminal(
  cwd: string,
  args: readonly string[],
  { env = {}, columns = 100, rows = 200 }: TerminalOptions = {},
): Promise<Terminal> {
  const server = `cse-${randomUUID()}`;
  // A new session has the PATH of whoever asks for it, whatever its environment is told.
  const tmux = async (...command: readonly string[]) =>
    (
      await execa('tmux', ['-L', server, '-f', '/dev/null', ...command], {
        env: { ...env, TMUX: '' },
      })
    ).stdout;
  onTestFinished(async () => {
    await execa('tmux', ['-L', server, 'kill-server'], { reject: false });
  });

  const environment = Object.entries({ ...quietEnvironment(cwd), ...env }).flatMap(
    ([name, value]) => ['-e', `${name}=${value}`],
  );
  // The shell tells the exit code, and keeps the screen to look at.
  const shell = ['sh', '-c', 'node "$@"; echo "LEFT WITH $?"; cat', 'sh', bin, ...args];
  const size = ['-x', `${columns}`, '-y', `${rows}`];
  await tmux('new-session', '-d', ...size, '-c', cwd, ...environment, ...shell);
  await tmux('set', '-s', 'escape-time', '0');

  const screen = () => tmux('capture-pane', '-p');
  const see = async (text: string | RegExp) => {
    const until = Date.now() + 15_000;
    for (;;) {
      const now = await screen();
      if (typeof text === 'string' ? now.includes(text) : text.test(now)) return now;
      if (Date.now() > until)
        throw new Error(`There is no ${text} on the screen:\n${now.trimEnd()}`);
      await sleep(30);
    }
  };
  return {
    type: async (text) => void (await tmux('send-keys', '-l', '--', text)),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    see,
    exitCode: async () => Number(/LEFT WITH (\d+)/.exec(await see(/LEFT WITH \d+/))?.[1]),
    kill: async (signal) => {
      const shell = await tmux('display', '-p', '#{pane_pid}');
      await execa('pkill', [`-${signal}`, '-P', shell]);
    },
    resize: async (columns, rows) =>
      void (await tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`)),
    cursorIsShown: async () => (await tmux('display', '-p', '#{cursor_flag}')) === '1',
  };
}
