const limiter = (keyPrefix: string, points: number) =>
  new RateLimiterDrizzle({
    storeClient: db,
    schema: table,
    keyPrefix,
    points,
    duration: windowSeconds,
  });
