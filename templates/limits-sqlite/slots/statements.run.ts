const plain = statement.reader ? reader(statement) : writer(statement);
const run = COUNTS_FAILURES.test(sql) ? unsynced(connection, plain) : plain;
