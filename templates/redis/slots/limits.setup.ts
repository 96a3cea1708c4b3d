const limiter = createLimiters(db, log, windowSeconds);
