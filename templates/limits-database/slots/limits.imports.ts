import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../database/client.js";
import { limits as table } from "../database/schema.js";
