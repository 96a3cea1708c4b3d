import { jwksRoute } from "./jwks-route.js";
import { importSigningKeys } from "./signing-keys.js";
