import type { Sessions } from "./sessions.js";
