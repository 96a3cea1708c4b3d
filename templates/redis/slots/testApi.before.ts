await emptyTestRedis();
