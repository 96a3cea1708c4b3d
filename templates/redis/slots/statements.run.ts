const run = statement.reader ? reader(statement) : writer(statement);
