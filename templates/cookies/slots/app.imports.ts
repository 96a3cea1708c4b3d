import { csrf } from "./security/csrf.js";
