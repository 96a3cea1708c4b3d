import type { PublicUser } from "./users.js";
