import { startTestStores } from "./test-stores.js";

/** Before all tests; what it returns is called after them. */
export default startTestStores;
