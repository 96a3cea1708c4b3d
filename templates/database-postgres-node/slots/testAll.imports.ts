import { after } from "node:test";
import { startTestDatabase } from "./support/test-database.js";
