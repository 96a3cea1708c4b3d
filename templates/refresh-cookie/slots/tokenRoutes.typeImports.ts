import type { RefreshCookie } from "./refresh-cookie.js";
