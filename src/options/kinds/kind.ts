/** What an option's value is: how it is read, checked, written back and described. */
export interface Kind<Value> {
  /** Reads what the flag gave, one text for each time it was given, into a value for `check`. */
  readonly fromFlag: (texts: readonly string[], where: string) => unknown;
  /**
   * Checks a value from outside and returns it in its one form.
   *
   * @param where the flag or the key that it came from, for the error.
   * @throws {InputError} when the value cannot be used.
   */
  readonly check: (value: unknown, where: string) => Value;
  /** The flag's text that `fromFlag` and `check` read back as the same value. */
  readonly toFlag: (value: Value) => string;
  /** The value as the summary shows it. */
  readonly describe: (value: Value) => string;
  /** JSON Schema of the value. */
  readonly jsonSchema: () => object;
}
