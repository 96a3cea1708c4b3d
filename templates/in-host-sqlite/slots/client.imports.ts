import { bringUpToDate } from "./migrate.js";
