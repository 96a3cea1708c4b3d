import { startTestRedis } from "./test-redis.js";
