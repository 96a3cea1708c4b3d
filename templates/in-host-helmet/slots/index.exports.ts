export { securityHeaders as secureHeaders } from "./security/headers.js";
