bringUpToDate(connection);
