import { median, percentile } from './stats.ts';

/** How much memory a server had while something went on (bytes). */
export interface Memory {
  /** The median of the first third of the time, and of the last. */
  readonly first: number;
  readonly last: number;
  readonly most: number;
}

/** By how much the last third may be above the first: a tenth was the most that was ever measured once it was warm. */
const MOST_GROWTH = 1.25;

/** Asks twice a second how much memory there is, until it is stopped. */
export function watchMemory(server: { readonly memory: () => Promise<number> }): {
  stop(): Promise<Memory>;
} {
  const bytes: number[] = [];
  let watching = true;
  const asking = (async () => {
    while (watching) {
      bytes.push(await server.memory());
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    async stop() {
      watching = false;
      await asking;
      return memoryIn(bytes);
    },
  };
}

/** What a row of samples says. */
export function memoryIn(bytes: readonly number[]): Memory {
  const third = Math.ceil(bytes.length / 3);
  return {
    first: median(bytes.slice(0, third)),
    last: median(bytes.slice(-third)),
    most: percentile(bytes, 1),
  };
}

/** @throws {Error} where memory has grown as it does where something is never let go. */
export function checkGrowth(name: string, { first, last }: Pick<Memory, 'first' | 'last'>): void {
  if (last <= first * MOST_GROWTH) return;
  throw new Error(`${name}: memory grew from ${megabytes(first)} to ${megabytes(last)}`);
}

/** `219 MB` */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
