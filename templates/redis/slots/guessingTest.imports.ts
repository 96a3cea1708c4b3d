import { createLog } from "../src/log.js";
