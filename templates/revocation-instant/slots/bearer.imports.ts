import type { Logins } from "./logins.js";
