import { users } from "../src/database/schema.js";
