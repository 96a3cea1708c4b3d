/** A run that a document was written by. */
export interface RecordedRun {
  readonly day: Date;
  readonly minutes: number;
  /** Of what it attacked: see `attackedHash`. */
  readonly hash: string;
}

/** The sentences of a document that tell of the run that wrote it. */
export function recordLine({ day, minutes, hash }: RecordedRun): string {
  return `Seen on ${day.toISOString().slice(0, 10)} in ${minutes.toFixed(1)} minutes. What was attacked: \`${hash}\`.`;
}

/**
 * Why a document is no record of what is here, found safe; undefined where it is one.
 *
 * @param hash of what is here
 */
export function recordProblem(document: string, hash: string): string | undefined {
  if (!document.includes(`What was attacked: \`${hash}\`.`)) {
    return 'is of other attacks, or of other servers';
  }
  const isUnsafe = /\*\*survived\*\*|\b[1-9]\d* (?:unsafe|not tried),/.test(document);
  return isUnsafe ? 'tells of a defence that did not hold, or was not tried' : undefined;
}
