/** Whether an error says that another process was writing to the file for longer than a statement waits. */
export function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    if ("code" in cause && cause.code === "SQLITE_BUSY") return true;
  }
  return false;
}

/** What an error says that it came from. */
function causeOf(error: Error): unknown {
  return "cause" in error ? error.cause : undefined;
}
