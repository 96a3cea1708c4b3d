import { createAccessTokens } from "./access-tokens.js";
import { BEARER_CHALLENGE, createBearer } from "./bearer.js";
import { createRefreshTokens } from "./refresh-tokens.js";
import { tokenRoutes } from "./token-routes.js";
