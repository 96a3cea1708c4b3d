/** What PostgreSQL says while it starts, stops, is full, or takes too long (classes 08, 53, 57 of its error codes). */
const POSTGRES_AWAY = /^(?:08...|53[34]00|57P0[1-5]|57014)$/;
const NETWORK = /^(?:ECONN\w+|E\w+UNREACH|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT)$/;
/** The driver has no codes for what goes wrong in itself. */
const DRIVER = /^(?:Connection terminated|Query read timeout|timeout e|Client has encountered)/;

function isPostgresAway(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  if (error instanceof DatabaseError) return POSTGRES_AWAY.test(code);
  return NETWORK.test(code) || DRIVER.test(error.message);
}
