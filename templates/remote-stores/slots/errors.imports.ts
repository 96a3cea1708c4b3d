import { isStoreAway } from "../database/store-away.js";
