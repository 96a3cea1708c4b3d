import { isBusy } from "../database/busy.js";
