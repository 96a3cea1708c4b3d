import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';

/** An attack of slowhttptest (github.com/shekyan/slowhttptest), as its options name it. */
export interface SlowHttpTest {
  readonly name: string;
  readonly path: string;
  readonly options: readonly string[];
}

/** The same three ways to be slow as our own clients, by the tool that is known for them. */
export const SLOW_HTTP_TESTS: readonly SlowHttpTest[] = [
  { name: 'headers', path: '/auth/me', options: ['-H', '-i', '3'] },
  {
    name: 'body',
    path: '/auth/login',
    options: ['-B', '-i', '3', '-s', '8000', '-f', 'application/json'],
  },
  {
    name: 'reading',
    path: '/healthz',
    options: ['-X', '-k', '5', '-n', '3', '-w', '1', '-y', '2', '-z', '1'],
  },
];

/** Whether this machine has the program (Debian's package has its name). */
export async function hasSlowHttpTest(): Promise<boolean> {
  // Its help ends with 1.
  const { exitCode } = await execa('slowhttptest', ['-h'], { reject: false });
  return exitCode !== undefined;
}

/**
 * Runs one attack beside something else.
 *
 * @param connections how many it opens; those that the server closes it does not open anew
 * @returns a function that ends the attack, and resolves with what it saw
 */
export function slowHttpTest(
  url: string,
  { path, options }: SlowHttpTest,
  { connections, seconds }: { connections: number; seconds: number },
): () => Promise<string> {
  const running = execa(
    'slowhttptest',
    [
      ...['-c', String(connections), '-r', '500', '-l', String(seconds), '-p', '3'],
      ...options,
      ...['-u', url + path],
    ],
    { all: true, reject: false, stdin: 'ignore' },
  );
  return async () => {
    running.kill('SIGINT');
    const { all } = await running;
    return verdict(all);
  };
}

/** How many connections were closed of the most that it held at once, and whether its probe was answered in time. */
function verdict(output: string): string {
  const plain = stripVTControlCharacters(output);
  const most = (word: string) =>
    Math.max(
      0,
      ...[...plain.matchAll(new RegExp(`${word}:\\s+(\\d+)`, 'g'))].map(([, n]) => Number(n)),
    );
  const probes = [...plain.matchAll(/service available:\s+(YES|NO)/g)];
  const answered = probes.filter(([, word]) => word === 'YES').length;
  return `${most('closed')} of ${most('connected')}; available in ${answered} of ${probes.length} looks`;
}
