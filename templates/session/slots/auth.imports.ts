import { sessionRoutes } from "./session-routes.js";
import { SessionStore } from "./session-store.js";
import { createSessions } from "./sessions.js";
