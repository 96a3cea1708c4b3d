import type { Subject } from "./access-token-format.js";
