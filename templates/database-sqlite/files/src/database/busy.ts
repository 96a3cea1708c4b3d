/** Whether an error says that another process was writing to the file for longer than a statement waits. */
export function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "SQLITE_BUSY") return true;
  }
  return false;
}
