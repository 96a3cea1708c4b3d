import { logins } from "../src/database/schema.js";
