/** A line of the generated code that a defence hangs on: where it stood when it was made, it must still stand. */
export interface Defence {
  readonly file: string;
  readonly code: string;
  /** What is so without it. */
  readonly without: string;
  readonly requirement: string;
}

/** @returns the defences of one file */
export function defencesOf(
  file: string,
  rows: readonly (readonly [code: string, without: string, requirement: string])[],
): readonly Defence[] {
  return rows.map(([code, without, requirement]) => ({ file, code, without, requirement }));
}
