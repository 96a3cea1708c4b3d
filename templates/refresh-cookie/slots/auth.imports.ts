import { createRefreshCookie } from "./refresh-cookie.js";
