
/**
 * Writes without waiting for the disk: of the failures that were counted, a power cut may take the last ones. Of users
 * and logins it takes nothing that was answered for.
 */
function unsynced(connection: Connection.Database, run: Run): Run {
  return (query) => {
    connection.exec("PRAGMA synchronous = NORMAL");
    try {
      return run(query);
    } finally {
      connection.exec("PRAGMA synchronous = FULL");
    }
  };
}
