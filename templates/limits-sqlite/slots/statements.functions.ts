
/**
 * Writes without waiting for the disk: each failed sign-in writes twice, and the server stands still for as long as the
 * disk takes, a millisecond or ten, so that a flood of them would slow everybody down. Of the failures that were
 * counted, a power cut may take the last ones; of users and logins it takes nothing that was answered for.
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
