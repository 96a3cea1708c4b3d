REDIS_URL: testRedisUrl(),
