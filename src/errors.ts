/** What the program leaves with: done, our fault, bad input, a conflict, findings of the doctor, cancelled. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** The parts of an error that people and programs read. */
export interface Explanation {
  /** Stable name for programs, for example `unknown-flag`. */
  readonly code: string;
  /** What is wrong, in one sentence without a full stop at its end. */
  readonly message: string;
  /** The flag, the key or the path that it is about. */
  readonly where?: string | undefined;
  /** What to do about it. */
  readonly mend?: string | undefined;
  readonly cause?: unknown;
}

/** An error that explains itself: every failure that a person can meet is one of its subclasses. */
export abstract class ExplainedError extends Error {
  readonly code: string;
  readonly where: string | undefined;
  readonly mend: string | undefined;
  abstract readonly exitCode: ExitCode;

  constructor({ code, message, where, mend, cause }: Explanation) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
    this.mend = mend;
  }
}

/** What we were given cannot be used: a flag, an answer, a file of answers, a directory. */
export class InputError extends ExplainedError {
  override readonly name = 'InputError';
  readonly exitCode = 2;
}

/** The target holds something that we would have to overwrite. */
export class ConflictError extends ExplainedError {
  override readonly name = 'ConflictError';
  readonly exitCode = 3;
}

/** The person, or a signal, stopped the run before anything was kept. */
export class CancelledError extends ExplainedError {
  override readonly name = 'CancelledError';
  readonly exitCode = 130;

  constructor(message = 'Cancelled; nothing was written') {
    super({ code: 'cancelled', message });
  }
}

/** Something failed that is neither the input's fault nor the target's. */
export class InternalError extends ExplainedError {
  override readonly name = 'InternalError';
  readonly exitCode = 1;
}
