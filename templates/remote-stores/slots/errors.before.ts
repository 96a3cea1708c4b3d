if (isStoreAway(error)) {
  log.error({ err: error }, "a store is out of reach");
  return sendProblem(res, comeBackLater(503, "store_away", "A store is out of reach.", 1000));
}

