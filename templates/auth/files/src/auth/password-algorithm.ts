/** One way to hash passwords. Hashes are PHC strings that carry their own salt and parameters. */
export interface PasswordAlgorithm {
  /** The longest password it can take whole, in bytes of UTF-8; longer ones are refused, never cut. */
  readonly maxBytes: number;
  /** Characters that it cannot tell apart safely. */
  readonly forbids?: RegExp;
  hash(password: string): Promise<string>;
  /** Tells whether `stored` was made by this algorithm, with whatever parameters. */
  recognises(stored: string): boolean;
  /** Tells whether `stored` has today's parameters. */
  isCurrent(stored: string): boolean;
  verify(stored: string, password: string): Promise<boolean>;
}
