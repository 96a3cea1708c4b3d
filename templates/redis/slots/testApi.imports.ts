import { testRedisUrl } from "./test-redis.js";
