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
