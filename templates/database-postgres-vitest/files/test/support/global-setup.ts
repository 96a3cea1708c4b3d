import { startTestDatabase } from "./test-database.js";

/** Before all tests; what it returns is called after them. */
export default startTestDatabase;
