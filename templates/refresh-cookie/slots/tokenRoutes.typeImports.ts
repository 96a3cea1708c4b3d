import type { Logins } from "./logins.js";
import type { RefreshCookie } from "./refresh-cookie.js";
