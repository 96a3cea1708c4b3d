if (isBusy(error)) {
  log.error({ err: error }, "another process was writing to the database for too long");
  return sendProblem(res, comeBackLater(503, "busy", "The database is busy.", 1000));
}

