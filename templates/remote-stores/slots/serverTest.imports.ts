import { readConfig } from "../src/config.js";
