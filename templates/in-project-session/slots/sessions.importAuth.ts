import { type Auth, getAuth } from "./authenticate.js";
