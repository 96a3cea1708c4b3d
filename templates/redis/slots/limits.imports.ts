import { RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../database/client.js";
import type { Log } from "../log.js";
import { createLimiters, type Limiter } from "./limiters.js";
