if (isRedisAway(cause)) return true;
