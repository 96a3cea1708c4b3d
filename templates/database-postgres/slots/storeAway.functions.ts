
/** What PostgreSQL says while it starts, stops, is full, or takes too long (classes 08, 53, 57 of its error codes). */
const POSTGRES_AWAY = /^(?:08...|53[34]00|57P0[1-5]|57014)$/;
/** The driver has no codes for what goes wrong in itself. */
const DRIVER = /^(?:Connection terminated|Query read timeout|timeout e|Client has encountered)/;

function isPostgresAway(error: Error): boolean {
  if (error instanceof DatabaseError) return POSTGRES_AWAY.test(error.code ?? "");
  return isNetworkError(error) || DRIVER.test(error.message);
}
