import type { Bearer } from "./bearer.js";
import type { RefreshTokens } from "./refresh-tokens.js";
