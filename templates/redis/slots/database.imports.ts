import { openRedis, type RedisSettings } from "./redis.js";
