/** One way to hash passwords. Hashes are PHC strings that carry their own salt and parameters. */
export interface PasswordAlgorithm {
  hash(password: string): Promise<string>;
  /** Tells whether it keeps this password apart from all others; `verify` fails where it does not. */
  takes(password: string): boolean;
  /** Tells whether `stored` was made by this algorithm, with whatever parameters. */
  recognises(stored: string): boolean;
  /** Tells whether `stored` has today's parameters. */
  isCurrent(stored: string): boolean;
  verify(stored: string, password: string): Promise<boolean>;
}
