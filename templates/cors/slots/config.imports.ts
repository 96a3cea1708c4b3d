import { DEFAULT_ORIGINS, isConfidential, originList } from "./security/cors.js";
