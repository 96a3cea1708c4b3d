import { cors, createOriginCheck } from "./security/cors.js";
