import { securityHeaders } from "./security/headers.js";
