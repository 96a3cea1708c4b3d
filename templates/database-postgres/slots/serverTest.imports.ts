import { emptyDatabase } from "./support/test-database.js";
