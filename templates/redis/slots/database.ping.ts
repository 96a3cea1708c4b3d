await redis.ping();
