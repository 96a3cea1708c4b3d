/** The middle of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The value that a share of the measurements does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** How one thing compares with another that was measured in the same rounds. */
export interface Ratio {
  readonly ofMedians: number;
  /** The lowest and the highest ratio within one round. */
  readonly spread: readonly [number, number];
}

/** Compares measurements that were taken in alternation, so that what disturbs a round disturbs both. */
export function ratio(values: readonly number[], others: readonly number[]): Ratio {
  const rounds = values.map((value, round) => value / (others[round] ?? Number.NaN));
  return {
    ofMedians: median(values) / median(others),
    spread: [Math.min(...rounds), Math.max(...rounds)],
  };
}
