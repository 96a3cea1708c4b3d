import { emptyDatabase, testDatabaseUrl } from "./test-database.js";
