import { startTestDatabase } from "./test-database.js";
