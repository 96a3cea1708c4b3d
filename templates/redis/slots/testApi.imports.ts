import { emptyTestRedis, testRedisUrl } from "./test-redis.js";
