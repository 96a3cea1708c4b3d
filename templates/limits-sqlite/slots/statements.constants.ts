/** Drizzle hands over a statement as text: by its table, those that count failures are known. */
const COUNTS_FAILURES = /^(?:insert into|update|delete from) "limits"/;
