import { readConfig } from "../src/config.js";
import { emptyDatabase } from "./support/test-database.js";
