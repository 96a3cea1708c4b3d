const COUNTS_FAILURES = /^(?:insert into|update|delete from) "limits"/;
