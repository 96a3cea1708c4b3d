import type { Auth } from "./authenticate.js";
