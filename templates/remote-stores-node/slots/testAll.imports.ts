import { after } from "node:test";
import { startTestStores } from "./support/test-stores.js";
